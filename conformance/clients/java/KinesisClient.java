// The Kinesis Client Library (KCL) with the DynamoDB Streams adapter reads a stream of three shards through a split. It
// is a demanding reader: it trusts the ids, the order and the lineage of shards, and it keeps its leases, its leader
// and its workers in tables of the same server, with an index that is added later.
//
// MINAMO_ENDPOINT names a server that was started with --stream-shards 3. Its tables should be there at once: KCL looks
// for each of its own tables only every 20 s.

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

import com.amazonaws.services.dynamodbv2.streamsadapter.AmazonDynamoDBStreamsAdapterClient;
import com.amazonaws.services.dynamodbv2.streamsadapter.StreamsSchedulerFactory;
import com.amazonaws.services.dynamodbv2.streamsadapter.adapter.DynamoDBStreamsClientRecord;
import com.amazonaws.services.dynamodbv2.streamsadapter.model.DynamoDBStreamsProcessRecordsInput;
import com.amazonaws.services.dynamodbv2.streamsadapter.polling.DynamoDBStreamsPollingConfig;
import com.amazonaws.services.dynamodbv2.streamsadapter.processor.DynamoDBStreamsShardRecordProcessor;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.common.StreamConfig;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.exceptions.InvalidStateException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.metrics.NullMetricsFactory;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;

public final class KinesisClient {
    private static final int PARENTS = 3;
    private static final int ITEMS_OLD = 60;  // written before the split and after it
    private static final int ITEMS_NEW = 60;  // written after the split only
    private static final int LINES = 40;      // of a report
    private static final String TABLE = "orders";
    private static final String LEASES = "orders-reader";
    private static final Duration OVERALL = Duration.ofSeconds(120);
    private static final Duration START = Duration.ofSeconds(45);
    private static final Duration FINISH = Duration.ofSeconds(60);
    private static final Region REGION = Region.US_EAST_1;

    private final URI endpoint = URI.create(System.getenv().getOrDefault("MINAMO_ENDPOINT", "http://127.0.0.1:8000"));
    // An access key of its own is a namespace of its own: runs never meet.
    private final String accessKey = "kcl" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    private final StaticCredentialsProvider credentials =
            StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, "secret"));
    private final DynamoDbClient tables = here(DynamoDbClient.builder());
    private final DynamoDbStreamsClient streams = here(DynamoDbStreamsClient.builder());
    private final Ledger ledger = new Ledger();
    private final Map<String, String> versions = new HashMap<>();  // of the items that exist
    private int version;
    private String stream;
    private volatile boolean closing;  // a worker that shuts down loses its leases rightly

    private <Client, Builder extends AwsClientBuilder<Builder, Client>> Client here(Builder builder) {
        return builder.endpointOverride(endpoint).region(REGION).credentialsProvider(credentials).build();
    }

    // One processor per shard. It checkpoints every batch, so that the lease table is written as applications write it.
    private final class Processor implements DynamoDBStreamsShardRecordProcessor {
        private String shard;

        @Override
        public void initialize(InitializationInput input) {
            shard = input.shardId();
            ledger.started(shard);
        }

        @Override
        public void processRecords(DynamoDBStreamsProcessRecordsInput input) {
            // What escapes from here is logged by KCL, which then goes on with the next records.
            try {
                for (DynamoDBStreamsClientRecord record : input.records()) ledger.read(shard, record.getRecord());
            } catch (RuntimeException error) {
                ledger.fault(shard + " has a record that cannot be read: " + error);
            }
            checkpoint(input.checkpointer());
        }

        @Override
        public void leaseLost(LeaseLostInput input) {
            if (!closing) ledger.fault(shard + " lost its lease, and nobody else can have taken it");
        }

        @Override
        public void shardEnded(ShardEndedInput input) {
            if (checkpoint(input.checkpointer())) ledger.ended(shard);
        }

        @Override
        public void shutdownRequested(ShutdownRequestedInput input) {
            checkpoint(input.checkpointer());
        }

        private boolean checkpoint(RecordProcessorCheckpointer checkpointer) {
            try {
                checkpointer.checkpoint();
                return true;
            } catch (InvalidStateException | ShutdownException | RuntimeException error) {
                ledger.fault(shard + " was not checkpointed: " + error);
                return false;
            }
        }
    }

    private void createTable() {
        stream = tables.createTable(request -> request.tableName(TABLE)
                .attributeDefinitions(d -> d.attributeName("pk").attributeType(ScalarAttributeType.S))
                .keySchema(k -> k.attributeName("pk").keyType(KeyType.HASH))
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .streamSpecification(s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)))
                .tableDescription().latestStreamArn();
        tables.waiter().waitUntilTableExists(request -> request.tableName(TABLE),
                options -> options.waitTimeout(Duration.ofSeconds(10))
                        .backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(Duration.ofMillis(100))));
        if (stream == null) throw new IllegalStateException("CreateTable answered no LatestStreamArn");
        // Asked here as well, since KCL keeps to itself what a server answers to it.
        int shards = describe().size();
        if (shards != PARENTS) throw new IllegalStateException("the stream has " + shards + " shards, not " + PARENTS);
    }

    private static Map<String, AttributeValue> key(String item) {
        return Map.of("pk", AttributeValue.fromS(item));
    }

    private String version(String item) {
        return versions.getOrDefault(item, "nothing");
    }

    // Versions count over all items, so that no two changes of an item look the same, even when it is made again.
    private String next(String item) {
        String before = version(item);
        String after = String.valueOf(++version);
        ledger.wrote(item, Ledger.change(before.equals("nothing") ? "INSERT" : "MODIFY", before, after));
        versions.put(item, after);
        return after;
    }

    private void put(String item) {
        String after = next(item);
        tables.putItem(request -> request.tableName(TABLE)
                .item(Map.of("pk", AttributeValue.fromS(item), "version", AttributeValue.fromN(after))));
    }

    private void update(String item) {
        set(item, next(item));
    }

    // An update that changes nothing makes no record, and so the ledger does not hear of it.
    private void updateToTheSame(String item) {
        set(item, version(item));
    }

    private void set(String item, String version) {
        tables.updateItem(request -> request.tableName(TABLE).key(key(item))
                .updateExpression("SET version = :version")
                .expressionAttributeValues(Map.of(":version", AttributeValue.fromN(version))));
    }

    private void delete(String item) {
        ledger.wrote(item, Ledger.change("REMOVE", version(item), "nothing"));
        versions.remove(item);
        tables.deleteItem(request -> request.tableName(TABLE).key(key(item)));
    }

    private static List<String> items(int from, int count) {
        List<String> items = new ArrayList<>();
        for (int number = from; number < from + count; ++number) items.add(String.format("order-%03d", number));
        return items;
    }

    private Scheduler scheduler() {
        AmazonDynamoDBStreamsAdapterClient adapter = new AmazonDynamoDBStreamsAdapterClient(streams, REGION);
        ConfigsBuilder configs = new ConfigsBuilder(
                StreamsSchedulerFactory.createSingleStreamTracker(stream,
                        InitialPositionInStreamExtended.newInitialPosition(InitialPositionInStream.TRIM_HORIZON)),
                LEASES, adapter, here(DynamoDbAsyncClient.builder()), here(CloudWatchAsyncClient.builder()),
                "worker", Processor::new);
        // The defaults suit a fleet that runs for months; a test of one worker wants to see each step within a second.
        var leases = configs.leaseManagementConfig()
                .failoverTimeMillis(10_000)
                .leaseAssignmentIntervalMillis(1_000L)
                .shardSyncIntervalMillis(1_000)
                .leasesRecoveryAuditorExecutionFrequencyMillis(1_000)
                .leasesRecoveryAuditorInconsistencyConfidenceThreshold(0)
                .billingMode(BillingMode.PAY_PER_REQUEST);
        leases.workerUtilizationAwareAssignmentConfig().disableWorkerMetrics(true);
        var coordinator = configs.coordinatorConfig()
                .skipShardSyncAtWorkerInitializationIfLeasesExist(true)
                .parentShardPollIntervalMillis(200)
                .shardConsumerDispatchPollIntervalMillis(100);
        var retrieval = configs.retrievalConfig()
                .retrievalSpecificConfig(new DynamoDBStreamsPollingConfig(stream, adapter)
                        .idleTimeBetweenReadsInMillis(200));
        return StreamsSchedulerFactory.createScheduler(configs.checkpointConfig(), coordinator, leases,
                configs.lifecycleConfig(), configs.metricsConfig().metricsFactory(new NullMetricsFactory()),
                configs.processorConfig(), retrieval, adapter);
    }

    // A first worker waits, by chance up to 30 s, for another to make the first leases. KCL's own sync of shards makes
    // them here at once, so that the test takes as long each time.
    private static void makeFirstLeases(Scheduler scheduler) throws Exception {
        scheduler.leaseCoordinator().initialize();
        for (StreamConfig config : scheduler.currentStreamConfigMap().values()) {
            Exception error = scheduler.shardSyncTaskManagerProvider().apply(config).callShardSyncTask().getException();
            if (error != null) throw error;
        }
    }

    private void split() throws Exception {
        URI uri = URI.create(endpoint + "/_minamo/streams/split?account=" + accessKey + "&region=" + REGION.id());
        HttpResponse<String> answer = HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"TableName\":\"" + TABLE + "\"}")).build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("POST " + uri + " answered " + answer.statusCode() + " " + answer.body());
        }
    }

    private List<Shard> describe() {
        List<Shard> shards = new ArrayList<>();
        String last = null;
        do {
            String from = last;
            // Pages of two, so that lineage is also right where a page ends.
            DescribeStreamResponse page =
                    streams.describeStream(request -> request.streamArn(stream).limit(2).exclusiveStartShardId(from));
            shards.addAll(page.streamDescription().shards());
            last = page.streamDescription().lastEvaluatedShardId();
        } while (last != null);
        return shards;
    }

    private List<String> unleased(List<Shard> shards) {
        Map<String, String> checkpoints = new HashMap<>();
        tables.scanPaginator(request -> request.tableName(LEASES).consistentRead(true)).items().forEach(lease -> {
            AttributeValue checkpoint = lease.get("checkpoint");
            checkpoints.put(lease.get("leaseKey").s(), checkpoint == null ? "" : checkpoint.s());
        });
        List<String> sentences = new ArrayList<>();
        for (Shard shard : shards) {
            String checkpoint = checkpoints.get(shard.shardId());
            boolean parent = shard.parentShardId() == null;
            if (checkpoint == null) sentences.add(shard.shardId() + " has no lease");
            else if (parent != checkpoint.equals("SHARD_END")) {
                sentences.add("the lease of " + shard.shardId() + " has the checkpoint " + checkpoint);
            }
        }
        return sentences;
    }

    // All that is missing still; nothing when reading is complete.
    private List<String> missing() {
        List<Shard> shards = describe();
        List<String> sentences = ledger.unfinished(shards, PARENTS);
        sentences.addAll(unleased(shards));
        sentences.addAll(ledger.unread());
        return sentences;
    }

    // Waits until nothing is missing, something is wrong, or the time is over; returns what is missing.
    private List<String> await(Duration limit, Supplier<List<String>> missing) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        List<String> sentences = missing.get();
        while (!sentences.isEmpty() && !ledger.faulty() && System.nanoTime() < end) {
            Thread.sleep(200);
            sentences = missing.get();
        }
        return sentences;
    }

    private List<String> writeAndRead() throws Exception {
        List<String> old = items(0, ITEMS_OLD);
        List<String> fresh = items(ITEMS_OLD, ITEMS_NEW);
        old.forEach(this::update);
        old.subList(0, 30).forEach(this::put);
        old.subList(30, 60).forEach(this::updateToTheSame);
        // The split comes while shards are read, so that KCL meets the end of a shard that it knows as open.
        List<String> sentences = await(START, ledger::unread);
        if (!sentences.isEmpty()) return sentences;
        old.forEach(this::update);
        old.subList(50, 60).forEach(this::delete);
        split();
        old.forEach(this::put);
        fresh.forEach(this::put);
        fresh.forEach(this::update);
        old.subList(0, 10).forEach(this::delete);
        old.subList(5, 15).forEach(this::update);
        fresh.subList(0, 5).forEach(this::delete);
        return await(FINISH, this::missing);
    }

    private List<String> shutDown(Scheduler scheduler) {
        closing = true;
        try {
            if (scheduler.startGracefulShutdown().get(20, TimeUnit.SECONDS)) return List.of();
            return List.of("the worker did not shut down in order");
        } catch (Exception error) {
            return List.of("the worker did not shut down: " + error);
        }
    }

    private int run() throws Exception {
        createTable();
        Scheduler scheduler = scheduler();
        makeFirstLeases(scheduler);
        Thread thread = new Thread(scheduler, "worker");
        thread.setDaemon(true);
        thread.start();
        List<String> missing = new ArrayList<>(writeAndRead());
        // A worker that failed is not asked to end well: that would only make the report late.
        if (missing.isEmpty() && !ledger.faulty()) missing.addAll(shutDown(scheduler));
        List<String> sentences = ledger.faults();
        sentences.addAll(missing);
        if (sentences.isEmpty()) {
            System.out.println("KCL: " + ledger.records() + " records from " + ledger.shards() + " shards in order");
            return 0;
        }
        report(sentences);
        return 1;
    }

    private void report(List<String> sentences) {
        System.out.println("KCL: " + ledger.records() + " records from " + ledger.shards() + " shards, and amiss is:");
        sentences.stream().limit(LINES).forEach(sentence -> System.out.println("  " + sentence));
        if (sentences.size() > LINES) System.out.println("  and " + (sentences.size() - LINES) + " more");
    }

    // KCL retries what fails for ever, and so any call may hang: the clock ends the process, whatever its threads do.
    private void endInTime() {
        Thread thread = new Thread(() -> {
            try {
                Thread.sleep(OVERALL.toMillis());
            } catch (InterruptedException ended) {
                return;
            }
            List<String> sentences = new ArrayList<>(List.of("it did not end within " + OVERALL.toSeconds() + " s"));
            sentences.addAll(ledger.faults());
            sentences.addAll(ledger.unread());
            report(sentences);
            System.out.flush();
            Runtime.getRuntime().halt(1);
        }, "clock");
        thread.setDaemon(true);
        thread.start();
    }

    public static void main(String[] arguments) {
        // KCL says much on stderr. -Dorg.slf4j.simpleLogger.defaultLogLevel=info shows each of its steps.
        System.getProperties().putIfAbsent("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        Logger.getLogger("").setLevel(Level.WARNING);  // the adapter and the lock client of the leader log here
        int status = 1;
        try {
            KinesisClient client = new KinesisClient();
            client.endInTime();
            status = client.run();
        } catch (Throwable error) {
            System.out.println("KCL: " + error);
            error.printStackTrace();
        }
        System.out.flush();
        Runtime.getRuntime().halt(status);  // threads of KCL and of its clients would keep the process
    }
}
