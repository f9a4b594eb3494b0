/**
 * Mistakes that the types of SST and of its providers must find: `tsc -p infra` fails when one of these is not an error (or when infra
 * holds another). Nothing runs this file.
 */
export function mistakes(): void {
  // @ts-expect-error the table's TTL attribute is `ttl`
  new sst.aws.Dynamo('A', { fields: { pk: 'string' }, primaryIndex: { hashKey: 'pk' }, tll: 'ttl' });
  // @ts-expect-error no such runtime
  new sst.aws.Function('B', { handler: 'index.handler', runtime: 'nodejs25.x' });
  // @ts-expect-error reserved is a number
  new sst.aws.Function('C', { handler: 'index.handler', concurrency: { reserved: 'many' } });
  // @ts-expect-error the metric's name is missing its capital
  new aws.cloudwatch.MetricAlarm('D', { metricname: '5xx', comparisonOperator: 'x', evaluationPeriods: 1 });
  // @ts-expect-error a module is no string
  new cloudflare.WorkerVersion('E', { workerId: 'x', modules: ['worker.js'] });
}
