// Core's list of standard field options is not on npm. Without it units, colours and limits would not be applied.
import {
  identityOverrideProcessor,
  numberOverrideProcessor,
  standardEditorsRegistry,
  standardFieldConfigEditorRegistry,
  standardTransformers,
  standardTransformersRegistry,
  stringOverrideProcessor,
  unitOverrideProcessor,
  type FieldConfigPropertyItem,
  type StandardEditorsRegistryItem,
  type TransformerRegistryItem,
} from '@grafana/data';

type Process = FieldConfigPropertyItem['process'];

const numbers = ['min', 'max', 'decimals', 'fieldMinMax'];
const texts = ['displayName', 'noValue', 'description'];
const others = ['thresholds', 'mappings', 'links', 'actions', 'filterable'];
const editors = ['number', 'slider', 'text', 'select', 'radio', 'boolean', 'color', 'unit', 'field-name'];

export function installFieldOptions(): void {
  standardFieldConfigEditorRegistry.setInit(() => [
    option('unit', unitOverrideProcessor),
    { ...option('color', identityOverrideProcessor), defaultValue: { mode: 'palette-classic' } },
    ...numbers.map((id) => option(id, numberOverrideProcessor)),
    ...texts.map((id) => option(id, stringOverrideProcessor)),
    ...others.map((id) => option(id, identityOverrideProcessor)),
  ]);
  standardEditorsRegistry.setInit(() =>
    editors.map((id): StandardEditorsRegistryItem => ({ id, name: id, editor: nothing }))
  );
  // The package lists some of them twice, which the registry refuses.
  standardTransformersRegistry.setInit(() => [
    ...new Map(Object.values(standardTransformers).map((item) => [item.id, transformerItem(item)])).values(),
  ]);
}

function option(id: string, process: Process): FieldConfigPropertyItem {
  return {
    id,
    path: id,
    name: id,
    editor: nothing,
    override: nothing,
    process,
    shouldApply: () => true,
    category: ['Standard options'],
    settings: {},
  };
}

function transformerItem(
  transformation: (typeof standardTransformers)[keyof typeof standardTransformers]
): TransformerRegistryItem {
  return {
    id: transformation.id,
    name: transformation.name,
    transformation,
    editor: nothing,
    imageDark: '',
    imageLight: '',
  };
}

/** Nobody edits panels in the preview. */
export function nothing(): null {
  return null;
}
