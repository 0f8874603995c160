import type { ListModelProvidersResponse } from '@loghunter/contracts';
import { costText, whyNoModel } from './model-words';

function models(change: {
  settings?: Partial<ListModelProvidersResponse['settings']>;
  provider?: Partial<ListModelProvidersResponse['providers'][number]>;
}): ListModelProvidersResponse {
  return {
    settings: {
      isEnabled: true,
      isEnabledByInstallation: true,
      provider: 'ollama',
      modelSize: 'base',
      enabledProviders: [],
      budgets: { tokensPerDay: 1, callsPerMinute: 1, usdPerMonth: 1 },
      use: { tokensToday: 0, callsThisMinute: 0, usdThisMonth: 0 },
      ...change.settings,
    },
    providers: [
      {
        name: 'ollama',
        title: 'Ollama',
        isConfigured: true,
        leavesInstallation: false,
        isEnabled: true,
        isChosen: true,
        destination: 'localhost:11434',
        models: { base: 'm', large: null },
        price: null,
        state: 'ready',
        stateText: '',
        stateAt: null,
        ...change.provider,
      },
    ],
  };
}

describe('why no model is asked', () => {
  it('is nothing when one can be', () => {
    expect(whyNoModel(models({}))).toBeUndefined();
  });

  it.each([
    ['the tenant switched it off', models({ settings: { isEnabled: false } }), 'switched off'],
    ['the installation switched it off', models({ settings: { isEnabledByInstallation: false } }), 'switched off'],
    ['none is set up', models({ provider: { isConfigured: false } }), 'No language model is set up'],
    ['it is outside and not enabled', models({ provider: { isEnabled: false } }), 'outside the installation'],
  ])('says that %s', (_, answer, words) => {
    expect(whyNoModel(answer)).toContain(words);
  });
});

describe('a cost', () => {
  it.each([
    [null, 'price not known'],
    [0, 'no cost'],
    [0.004, 'less than $0.01'],
    [1.239, '$1.24'],
  ])('%p is said as %s', (cost, text) => {
    expect(costText(cost)).toBe(text);
  });
});
