/** What wakes somebody: faults of ours, requests that were turned away, slowness. To an address if one is given, else on the console only. */
import { capital, type FunctionName } from './routes.ts';

const MINUTE = 60;

export function alarms(
  api: sst.aws.ApiGatewayV2,
  functions: Readonly<Record<FunctionName, sst.aws.Function>>,
  email: string | undefined,
): void {
  const topic = email === undefined ? undefined : new aws.sns.Topic('Alarms');
  if (topic && email !== undefined)
    new aws.sns.TopicSubscription('AlarmMail', { topic: topic.arn, protocol: 'email', endpoint: email });
  const common = {
    period: 5 * MINUTE,
    comparisonOperator: 'GreaterThanThreshold',
    treatMissingData: 'notBreaching',
    ...(topic && { alarmActions: [topic.arn], okActions: [topic.arn] }),
  };
  const ofApi = { namespace: 'AWS/ApiGateway', dimensions: { ApiId: api.nodes.api.id } };

  new aws.cloudwatch.MetricAlarm('Faults', {
    ...common,
    ...ofApi,
    alarmDescription: 'Glyphgate: more than 5 replies of 5xx in five minutes',
    metricName: '5xx',
    statistic: 'Sum',
    threshold: 5,
    evaluationPeriods: 1,
  });
  new aws.cloudwatch.MetricAlarm('Slow', {
    ...common,
    ...ofApi,
    alarmDescription: 'Glyphgate: one request in a hundred took more than 2 s, for fifteen minutes',
    metricName: 'Latency',
    extendedStatistic: 'p99',
    threshold: 2000,
    evaluationPeriods: 3,
  });
  for (const [name, { name: functionName }] of Object.entries(functions))
    new aws.cloudwatch.MetricAlarm(`${capital(name)}Throttled`, {
      ...common,
      alarmDescription: `Glyphgate: ${name} was throttled; a flood, or a concurrency that is too low`,
      namespace: 'AWS/Lambda',
      dimensions: { FunctionName: functionName },
      metricName: 'Throttles',
      statistic: 'Sum',
      threshold: 0,
      evaluationPeriods: 1,
    });
}
