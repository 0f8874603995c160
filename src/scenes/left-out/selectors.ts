// Stands in the bundle for @grafana/e2e-selectors (see webpack.config.ts): its 90 KB name all of Grafana for all versions; these are the
// names that Scenes gives to what LogHunter shows of it, as they are from Grafana 12.4 on.

export const selectors = {
  components: {
    Panels: { Panel: { menuItems: (item: string) => `data-testid Panel menu item ${item}` } },
    DashboardRow: { title: (title: string) => `data-testid dashboard-row-title-${title}` },
    Select: { option: 'data-testid Select option' },
    LoadingIndicator: { icon: 'data-testid Loading indicator' },
  },
  pages: {
    Dashboard: {
      SubMenu: {
        submenuItem: 'data-testid template variable',
        submenuItemLabels: (item: string) => `data-testid Dashboard template variables submenu Label ${item}`,
        submenuItemValueDropDownValueLinkTexts: (item: string) =>
          `data-testid Dashboard template variables Variable Value DropDown value link text ${item}`,
        submenuItemValueDropDownOptionTexts: (item: string) =>
          `data-testid Dashboard template variables Variable Value DropDown option text ${item}`,
      },
    },
  },
};
