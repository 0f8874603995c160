import React from 'react';
import { splitCited } from './cited-text';
import { EvidenceLinks } from './EvidenceLinks';

/** A claim whose ids lead to the findings and lines it stands on. */
export function CitedText({ text }: { text: string }) {
  return (
    <>
      {splitCited(text).map((piece, place) =>
        piece.kind === 'words' ? (
          <React.Fragment key={place}>{piece.text}</React.Fragment>
        ) : (
          <EvidenceLinks key={place} ids={piece.ids} />
        )
      )}
    </>
  );
}
