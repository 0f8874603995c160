/**
 * UTF-16 units of a line that are analysed; what follows is masked as one variable of type `rest`. Chosen so that one
 * hostile line costs well under a millisecond; the longest line of the tuning corpora has 1,200.
 */
export const maxAnalysedLength = 8192;

/** Tokens of a message that are kept; what follows is masked as `rest`. The longest message seen has 170. */
export const maxTokenCount = 512;

/** UTF-16 units in which a header may lie: the longest one of the known families has about 250. */
export const maxHeaderLength = 400;

/** Fields of a structured line that are read; later ones take no part. */
export const maxFieldCount = 200;
