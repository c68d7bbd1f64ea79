// What a model read in a picture, under it in the inbox.
export const pictures = {
  machine: "Machine-read, please check",
  by: "Read by the model {{model}}; the picture itself decides",
  kinds: {
    product: "Product",
    display: "Display",
    label: "Label",
    screenshot: "Screenshot",
    payment: "Payment",
    paper: "Writing",
    "identity-document": "Identity document or bank card: nothing of it is kept",
    person: "A person: nothing of it is kept",
    other: "Picture",
  },
};
