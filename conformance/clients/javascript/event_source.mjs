// An event source mapping in small, as AWS Lambda has it: pulls the records of a stream and hands them to a function,
// batch by batch. Shards go side by side, parents before their children, one batch of each at a time. A batch that fails
// is halved, until the record that cannot be handled stands alone.
import { DescribeStreamCommand, GetRecordsCommand, GetShardIteratorCommand } from "@aws-sdk/client-dynamodb-streams";

export class EventSourceMapping {
  // `checkpoints` is what a restarted mapping needs to know: by shard, { after: sequence number, done }.
  // `onFailure` gets a record that has failed `attempts` times alone.
  constructor({ streams, streamArn, handler, batchSize = 10, startingPosition = "TRIM_HORIZON", attempts = 5,
    onFailure = (record, error) => { throw error; }, checkpoints = new Map() }) {
    Object.assign(this, { streams, streamArn, handler, batchSize, startingPosition, attempts, onFailure, checkpoints });
    this.iterators = new Map();
    this.fresh = checkpoints.size === 0;
  }

  async shards(more = {}) {
    const shards = [];
    let ExclusiveStartShardId;
    do {
      const { StreamDescription: page } = await this.streams.send(
        new DescribeStreamCommand({ StreamArn: this.streamArn, ExclusiveStartShardId, ...more }));
      shards.push(...page.Shards);
      ExclusiveStartShardId = page.LastEvaluatedShardId;
    } while (ExclusiveStartShardId !== undefined);
    return shards;
  }

  // Looks at all shards and handles a batch of each that is ready. Whether there was anything to do.
  async poll() {
    const shards = await this.shards();
    if (this.fresh) await this.begin(shards);
    const listed = new Set(shards.map((shard) => shard.ShardId));
    const ended = (id) => this.checkpoints.get(id)?.done === true;
    const ready = shards.filter(({ ShardId, ParentShardId }) =>
      !ended(ShardId) && (!listed.has(ParentShardId) || ended(ParentShardId)));
    const busy = await Promise.all(ready.map(({ ShardId }) => this.pull(ShardId)));
    return busy.includes(true);
  }

  async pollUntilQuiet() {
    for (let quiet = 0; quiet < 2;) quiet = (await this.poll()) ? 0 : quiet + 1;
  }

  // What LATEST means for a stream: the ends of its open shards, and nothing of those that are closed. Shards that come
  // later are read from their beginning.
  async begin(shards) {
    this.fresh = false;
    if (this.startingPosition !== "LATEST") return;
    for (const { ShardId, SequenceNumberRange } of shards) {
      if (SequenceNumberRange.EndingSequenceNumber !== undefined) this.checkpoints.set(ShardId, { done: true });
      else this.iterators.set(ShardId, await this.iterator(ShardId, { ShardIteratorType: "LATEST" }));
    }
  }

  async iterator(ShardId, position) {
    const answer = await this.streams.send(
      new GetShardIteratorCommand({ StreamArn: this.streamArn, ShardId, ...position }));
    return answer.ShardIterator;
  }

  async resume(shardId) {
    const after = this.checkpoints.get(shardId)?.after;
    return this.iterator(shardId, after === undefined
      ? { ShardIteratorType: "TRIM_HORIZON" }
      : { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", SequenceNumber: after });
  }

  async pull(shardId) {
    const ShardIterator = this.iterators.get(shardId) ?? (await this.resume(shardId));
    let answer;
    try {
      answer = await this.streams.send(new GetRecordsCommand({ ShardIterator, Limit: this.batchSize }));
    } catch (error) {
      if (error.name !== "ExpiredIteratorException") throw error;
      this.iterators.delete(shardId);
      return true;
    }
    if (answer.Records.length > 0) await this.deliver(shardId, answer.Records);
    this.iterators.set(shardId, answer.NextShardIterator);
    if (answer.NextShardIterator === undefined) {
      this.checkpoints.set(shardId, { ...this.checkpoints.get(shardId), done: true });
    }
    return answer.Records.length > 0 || answer.NextShardIterator === undefined;
  }

  async deliver(shardId, records, attempt = 1) {
    try {
      await this.handler(records, shardId);
    } catch (error) {
      if (records.length > 1) {
        const half = Math.ceil(records.length / 2);
        await this.deliver(shardId, records.slice(0, half));
        await this.deliver(shardId, records.slice(half));
        return;
      }
      if (attempt < this.attempts) return this.deliver(shardId, records, attempt + 1);
      await this.onFailure(records[0], error);
    }
    this.checkpoints.set(shardId, { after: records.at(-1).dynamodb.SequenceNumber });
  }
}
