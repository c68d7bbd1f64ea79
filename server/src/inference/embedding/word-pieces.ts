// A tokenizer.json for folders that only have BERT's vocab.txt: one piece a line, its number is the line. Pure.

/** What the tokenizer library takes; throws a plain Error when the file is no such vocabulary. */
export function wordPieceTokenizer(vocabText: string, isLowerCase = true): object {
  const pieces = vocabText.split(/\r?\n/);
  if (pieces.at(-1) === "") pieces.pop();
  const vocab = Object.fromEntries(pieces.map((piece, at) => [piece, at]));
  const numberOf = (piece: string): number => {
    const at = vocab[piece];
    if (at === undefined) throw new Error(`vocab.txt has no ${piece}`);
    return at;
  };
  const special = (piece: string) => ({
    id: numberOf(piece),
    content: piece,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  });
  const marker = (id: string) => ({ SpecialToken: { id, type_id: 0 } });
  const asIs = (id: string) => ({ id, ids: [numberOf(id)], tokens: [id] });
  return {
    version: "1.0",
    added_tokens: ["[PAD]", "[UNK]", "[CLS]", "[SEP]"].map(special),
    normalizer: {
      type: "BertNormalizer",
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: isLowerCase,
    },
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: {
      type: "TemplateProcessing",
      single: [marker("[CLS]"), { Sequence: { id: "A", type_id: 0 } }, marker("[SEP]")],
      pair: [
        marker("[CLS]"),
        { Sequence: { id: "A", type_id: 0 } },
        marker("[SEP]"),
        { Sequence: { id: "B", type_id: 1 } },
        { SpecialToken: { id: "[SEP]", type_id: 1 } },
      ],
      special_tokens: { "[CLS]": asIs("[CLS]"), "[SEP]": asIs("[SEP]") },
    },
    decoder: { type: "WordPiece", prefix: "##", cleanup: true },
    model: {
      type: "WordPiece",
      unk_token: "[UNK]",
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
      vocab,
    },
  };
}
