/** opencc-js ships this table without types: "traditional simplified|…", one character each. */
declare module "opencc-js/dict/TSCharacters" {
  const pairs: string;
  export default pairs;
}
