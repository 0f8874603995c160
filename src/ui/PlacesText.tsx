import React from 'react';
import { VariableChip } from './TemplateText';

const place = '<*>';

/** A template that came as one text: its variable places, written `<*>`, as the chips that they are elsewhere. */
export function PlacesText({ text }: { text: string }) {
  return text.split(place).map((constant, index) => (
    <React.Fragment key={index}>
      {index > 0 && <VariableChip type="" />}
      {constant}
    </React.Fragment>
  ));
}
