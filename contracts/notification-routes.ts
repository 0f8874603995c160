import { changeProblems, creationProblems, queryProblems, type Route } from './route.ts';

/** Rows of the route table about channels and what was sent to them. */
export const notificationRoutes = {
  listChannels: {
    method: 'GET',
    path: '/api/v1/channels',
    summary: 'Places that notices go to: webhooks, Slack, PagerDuty, mail',
    role: 'admin',
    problems: queryProblems,
  },
  createChannel: {
    method: 'POST',
    path: '/api/v1/channels',
    summary: "Have a place told of incidents and clusters; the answer is the only one that shows a webhook's secret",
    role: 'admin',
    status: 201,
    answersSecret: true,
    problems: [...creationProblems, 'address-refused', 'not-supported'],
  },
  changeChannel: {
    method: 'PUT',
    path: '/api/v1/channels/{id}',
    summary: 'What a channel is told of, when, and where it leads; enabling it again forgets its failures',
    role: 'admin',
    problems: [...changeProblems, 'not-found', 'address-refused', 'not-supported'],
  },
  deleteChannel: {
    method: 'DELETE',
    path: '/api/v1/channels/{id}',
    summary: 'Tell a channel no more',
    role: 'admin',
    problems: [...queryProblems, 'not-found'],
  },
  testChannel: {
    method: 'POST',
    path: '/api/v1/channels/{id}/test',
    summary: 'Sends a test message the way every message goes; the delivery says what came of it',
    role: 'admin',
    status: 202,
    weight: 5,
    problems: [...queryProblems, 'not-found', 'conflict', 'idempotency-key-reused'],
  },
  listDeliveries: {
    method: 'GET',
    path: '/api/v1/deliveries',
    summary: 'What was sent to channels, and what was not and why, the newest first',
    role: 'admin',
    problems: queryProblems,
  },
  getDelivery: {
    method: 'GET',
    path: '/api/v1/deliveries/{id}',
    summary: 'One delivery',
    role: 'admin',
    problems: [...queryProblems, 'not-found'],
  },
} as const satisfies Readonly<Record<string, Route>>;
