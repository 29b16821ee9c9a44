// PartiQL by the AWS SDK for Java: values of all types, pages, batches, transactions, and errors as the SDK's classes.
// MINAMO_ENDPOINT names a server whose tables are there at once: the SDK looks for its table every 20 s only.

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementErrorCodeEnum;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DuplicateItemException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionResponse;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ParameterizedStatement;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

public final class Statements {
    private static final String KEY = " WHERE pk = 'p' AND sk = 0";
    private static final String INSERT = "INSERT INTO notes VALUE {'pk': ?, 'sk': ?}";

    // An access key of its own is a namespace of its own: runs never meet.
    private final DynamoDbClient client = DynamoDbClient.builder()
            .endpointOverride(URI.create(System.getenv().getOrDefault("MINAMO_ENDPOINT", "http://127.0.0.1:8000")))
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                    "java" + UUID.randomUUID().toString().replace("-", "").substring(0, 16), "secret")))
            .build();

    private static void same(Object expected, Object actual) {
        if (!Objects.equals(expected, actual)) throw new AssertionError("expected " + expected + ", not " + actual);
    }

    private static <Fault extends DynamoDbException> Fault fails(Class<Fault> kind, String message, Runnable call) {
        try {
            call.run();
        } catch (DynamoDbException error) {
            same(kind, error.getClass());
            same(message, error.awsErrorDetails().errorMessage());
            return kind.cast(error);
        }
        throw new AssertionError("expected " + kind.getSimpleName());
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private static AttributeValue number(Object value) {
        return AttributeValue.fromN(value.toString());
    }

    private static Map<String, AttributeValue> key(int sort) {
        return Map.of("pk", text("p"), "sk", number(sort));
    }

    private static SdkBytes bytes(String latin) {
        return SdkBytes.fromString(latin, StandardCharsets.ISO_8859_1);
    }

    private ExecuteStatementResponse run(String statement, AttributeValue... parameters) {
        return client.executeStatement(request -> {
            request.statement(statement);
            if (parameters.length > 0) request.parameters(parameters);
        });
    }

    private static BatchStatementRequest member(String statement, AttributeValue... parameters) {
        BatchStatementRequest.Builder member = BatchStatementRequest.builder().statement(statement);
        return parameters.length > 0 ? member.parameters(parameters).build() : member.build();
    }

    private List<BatchStatementResponse> batch(List<BatchStatementRequest> statements) {
        return client.batchExecuteStatement(request -> request.statements(statements)).responses();
    }

    private static ParameterizedStatement part(String statement, AttributeValue... parameters) {
        ParameterizedStatement.Builder part = ParameterizedStatement.builder().statement(statement)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        return parameters.length > 0 ? part.parameters(parameters).build() : part.build();
    }

    private ExecuteTransactionResponse transact(String token, ParameterizedStatement... statements) {
        return client.executeTransaction(request -> request.transactStatements(statements).clientRequestToken(token)
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
    }

    private void createTable() {
        client.createTable(request -> request.tableName("notes")
                .attributeDefinitions(d -> d.attributeName("pk").attributeType(ScalarAttributeType.S),
                        d -> d.attributeName("sk").attributeType(ScalarAttributeType.N))
                .keySchema(k -> k.attributeName("pk").keyType(KeyType.HASH),
                        k -> k.attributeName("sk").keyType(KeyType.RANGE))
                .billingMode(BillingMode.PAY_PER_REQUEST));
        client.waiter().waitUntilTableExists(request -> request.tableName("notes"));
    }

    private void parametersOfAllTypes() {
        Map<String, AttributeValue> item = Map.ofEntries(
                Map.entry("pk", text("all")), Map.entry("sk", number(1)), Map.entry("text", text("it's ü")),
                Map.entry("empty", text("")), Map.entry("number", number("-0.00000015")),
                Map.entry("bytes", AttributeValue.fromB(bytes("\u0000\u00ff"))),
                Map.entry("yes", AttributeValue.fromBool(true)), Map.entry("none", AttributeValue.fromNul(true)),
                Map.entry("list", AttributeValue.fromL(List.of(number(1), AttributeValue.fromL(List.of(text("x")))))),
                Map.entry("map", AttributeValue.fromM(Map.of("b.c", text("d")))),
                Map.entry("words", AttributeValue.fromSs(List.of("v", "w"))),
                Map.entry("numbers", AttributeValue.fromNs(List.of("1", "2.5"))),
                Map.entry("blobs", AttributeValue.fromBs(List.of(bytes("a"), bytes("b")))));
        List<String> names = List.copyOf(item.keySet());
        String members = String.join(", ", names.stream().map(name -> "'" + name + "': ?").toList());
        AttributeValue[] values = names.stream().map(item::get).toArray(AttributeValue[]::new);
        same(List.of(), run("INSERT INTO notes VALUE {" + members + "}", values).items());
        same(List.of(item), run("SELECT * FROM notes WHERE pk = ? AND sk = ?", text("all"), number(1)).items());
        for (String name : names) {
            String select = "SELECT sk FROM notes WHERE pk = ? AND \"" + name + "\" = ?";
            same(List.of(Map.of("sk", number(1))), run(select, text("all"), item.get(name)).items());
        }
    }

    private void pages() {
        List<BatchStatementRequest> inserts =
                IntStream.range(0, 10).mapToObj(n -> member(INSERT, text("p"), number(n))).toList();
        for (BatchStatementResponse each : batch(inserts)) same(null, each.error());
        List<Object> pages = new ArrayList<>();
        String token = null;
        do {
            String next = token;
            ExecuteStatementResponse page = client.executeStatement(request -> request
                    .statement("SELECT sk FROM notes WHERE pk = ? ORDER BY sk DESC").parameters(text("p"))
                    .limit(4).nextToken(next));
            pages.add(page.items().stream().map(item -> Integer.valueOf(item.get("sk").n())).toList());
            token = page.nextToken();
        } while (token != null);
        same(List.of(List.of(9, 8, 7, 6), List.of(5, 4, 3, 2), List.of(1, 0)), pages);
    }

    private void returning() {
        same(List.of(key(0)), run("UPDATE notes SET n = 1 SET m = {'x': 1}" + KEY + " RETURNING ALL OLD *").items());
        same(List.of(Map.of("n", number(2), "m", AttributeValue.fromM(Map.of("x", number(5))))),
                run("UPDATE notes SET n = n + 1 SET m.x = 5" + KEY + " RETURNING MODIFIED NEW *").items());
        same(List.of(Map.of("pk", text("p"), "sk", number(0), "n", number(2))),
                run("UPDATE notes REMOVE m" + KEY + " RETURNING ALL NEW *").items());
        same(List.of(Map.of("pk", text("p"), "sk", number(9))),
                run("DELETE FROM notes WHERE pk = 'p' AND sk = 9 RETURNING ALL OLD *").items());
    }

    private void errors() {
        fails(DuplicateItemException.class, "Duplicate primary key exists in table",
                () -> run(INSERT, text("p"), number(0)));
        ConditionalCheckFailedException failed = fails(ConditionalCheckFailedException.class,
                "The conditional request failed", () -> client.executeStatement(request -> request
                        .statement("DELETE FROM notes WHERE pk = 'p' AND sk = 1 AND n > 1")
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
        same(key(1), failed.item());
        fails(ResourceNotFoundException.class, "Requested resource not found", () -> run("SELECT * FROM nowhere"));
        DynamoDbException syntax = fails(DynamoDbException.class,
                "Statement wasn't well formed, can't be processed: Unexpected term", () -> run("SELECT * FROM"));
        same("ValidationException", syntax.awsErrorDetails().errorCode());
    }

    private void batches() {
        List<BatchStatementResponse> written = batch(List.of(member(INSERT, text("p"), number(10)),
                member(INSERT, text("p"), number(1)), member("UPDATE notes SET a = 1" + KEY + " AND a = 2"),
                member("DELETE FROM nowhere" + KEY), member("UPDATE notes SET")));
        same(List.of("none", BatchStatementErrorCodeEnum.DUPLICATE_ITEM,
                BatchStatementErrorCodeEnum.CONDITIONAL_CHECK_FAILED, BatchStatementErrorCodeEnum.RESOURCE_NOT_FOUND,
                BatchStatementErrorCodeEnum.VALIDATION_ERROR),
                written.stream().map(each -> each.error() == null ? "none" : each.error().code()).toList());
        same("Duplicate primary key exists in table", written.get(1).error().message());
        String select = "SELECT sk FROM notes WHERE pk = 'p' AND sk = ?";
        List<BatchStatementResponse> read = batch(List.of(member(select, number(10)), member(select, number(70))));
        same(Map.of("sk", number(10)), read.get(0).item());
        same(List.of("notes", false), List.of(read.get(1).tableName(), read.get(1).hasItem()));
    }

    private void transactions() {
        ParameterizedStatement update = part("UPDATE notes SET n = ?" + KEY, number("0.1"));
        ParameterizedStatement exists =
                part("EXISTS(SELECT * FROM notes WHERE pk = 'p' AND sk = 1 AND n IS MISSING)");
        String token = UUID.randomUUID().toString();
        same(4.0, transact(token, update, exists).consumedCapacity().get(0).writeCapacityUnits());
        same(4.0, transact(token, update, exists).consumedCapacity().get(0).readCapacityUnits());
        fails(IdempotentParameterMismatchException.class,
                "The request uses the same client token as a previous, but non-identical request. "
                        + "Do not reuse a client token with different requests, unless the requests are identical",
                () -> transact(token, update));
        TransactionCanceledException canceled = fails(TransactionCanceledException.class,
                "Transaction cancelled, please refer cancellation reasons for specific reasons "
                        + "[None, DuplicateItem, ConditionalCheckFailed]",
                () -> transact(null, part(INSERT, text("p"), number(11)), part(INSERT, text("p"), number(1)),
                        part("DELETE FROM notes" + KEY + " AND n > 1")));
        List<CancellationReason> reasons = canceled.cancellationReasons();
        same(List.of("None", "DuplicateItem", "ConditionalCheckFailed"),
                reasons.stream().map(CancellationReason::code).toList());
        same("Duplicate primary key exists in table", reasons.get(1).message());
        same(Map.of("pk", text("p"), "sk", number(0), "n", number("0.1")), reasons.get(2).item());
        String select = "SELECT n FROM notes WHERE pk = 'p' AND sk = ?";
        List<ItemResponse> read =
                transact(null, part(select, number(0)), part(select, number(1)), part(select, number(11))).responses();
        same(Map.of("n", number("0.1")), read.get(0).item());
        same(List.of(true, true, false), read.stream().map(ItemResponse::hasItem).toList());
    }

    public static void main(String[] arguments) {
        Statements statements = new Statements();
        statements.createTable();
        statements.parametersOfAllTypes();
        statements.pages();
        statements.returning();
        statements.errors();
        statements.batches();
        statements.transactions();
        System.out.println("Java: statements, batches and transactions are right");
    }
}
