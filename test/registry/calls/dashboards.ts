import type { ToolCalls } from './tool-calls.ts';

export const DASHBOARD_CALLS: Readonly<Record<string, ToolCalls>> = {
  list_dashboards: {
    question: 'Which dashboards are there, and which changed last?',
    example: { question: 'Which dashboards are there?', args: {} },
    operation: 'ListDashboards',
    empty: [{ prefix: 'chekout' }],
  },
  get_dashboard: {
    question: 'What does a dashboard show, widget by widget, and what are its values now?',
    example: {
      question: 'What is on this one, and how does it look now?',
      args: { name: 'shop-backend', render: true },
    },
    minimal: { name: 'shop-logs' },
    operation: 'GetDashboard',
    empty: [{ name: 'shop-backend', find: 'chekout' }],
    unknown: [{ name: 'shop-chekout' }],
  },
};
