// PartiQL by the AWS SDK for Go v2: values of all types, pages, batches, transactions, and errors as the SDK's types.
// MINAMO_ENDPOINT names the server.
package statements

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	. "github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go"
)

const (
	key    = " WHERE pk = 'p' AND sk = 0"
	insert = "INSERT INTO notes VALUE {'pk': ?, 'sk': ?}"
)

type (
	item              = map[string]AttributeValue
	statementAnswer   = dynamodb.ExecuteStatementOutput
	transactionAnswer = dynamodb.ExecuteTransactionOutput
)

func s(value string) AttributeValue { return &AttributeValueMemberS{Value: value} }
func n(value string) AttributeValue { return &AttributeValueMemberN{Value: value} }

func same(t *testing.T, expected, actual any) {
	t.Helper()
	if !reflect.DeepEqual(expected, actual) {
		wanted, _ := json.MarshalIndent(expected, "", "  ")
		got, _ := json.MarshalIndent(actual, "", "  ")
		t.Fatalf("expected %s\nnot %s", wanted, got)
	}
}

func must[Answer any](t *testing.T) func(Answer, error) Answer {
	return func(answer Answer, err error) Answer {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return answer
	}
}

// The error as one of the SDK's types, with its message.
func fails[Fault error](t *testing.T, message string, err error) Fault {
	t.Helper()
	var fault Fault
	var described smithy.APIError
	if !errors.As(err, &fault) || !errors.As(err, &described) {
		t.Fatalf("expected %T, not %v", fault, err)
	}
	same(t, message, described.ErrorMessage())
	return fault
}

// A table in a namespace of its own, since an access key of its own is one, with items 0 to count - 1 of partition "p".
func notes(t *testing.T, count int) *dynamodb.Client {
	t.Helper()
	client := dynamodb.New(dynamodb.Options{
		BaseEndpoint: aws.String(os.Getenv("MINAMO_ENDPOINT")),
		Region:       "us-east-1",
		Credentials:  credentials.NewStaticCredentialsProvider("go"+rand.Text(), "secret", ""),
	})
	must[*dynamodb.CreateTableOutput](t)(client.CreateTable(t.Context(), &dynamodb.CreateTableInput{
		TableName: aws.String("notes"),
		KeySchema: []KeySchemaElement{
			{AttributeName: aws.String("pk"), KeyType: KeyTypeHash},
			{AttributeName: aws.String("sk"), KeyType: KeyTypeRange},
		},
		AttributeDefinitions: []AttributeDefinition{
			{AttributeName: aws.String("pk"), AttributeType: ScalarAttributeTypeS},
			{AttributeName: aws.String("sk"), AttributeType: ScalarAttributeTypeN},
		},
		BillingMode: BillingModePayPerRequest,
	}))
	waiter := dynamodb.NewTableExistsWaiter(client, func(options *dynamodb.TableExistsWaiterOptions) {
		options.MinDelay, options.MaxDelay = 100*time.Millisecond, time.Second
	})
	err := waiter.Wait(t.Context(), &dynamodb.DescribeTableInput{TableName: aws.String("notes")}, 10*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	if count == 0 {
		return client
	}
	var inserts []BatchStatementRequest
	for sort := range count {
		inserts = append(inserts, member(insert, s("p"), n(strconv.Itoa(sort))))
	}
	for _, each := range batch(t, client, inserts...) {
		same(t, BatchStatementResponse{TableName: aws.String("notes")}, each)
	}
	return client
}

func run(client *dynamodb.Client, statement string, parameters ...AttributeValue) (*statementAnswer, error) {
	return client.ExecuteStatement(context.Background(), &dynamodb.ExecuteStatementInput{
		Statement: &statement, Parameters: parameters,
		ReturnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailureAllOld,
	})
}

func member(statement string, parameters ...AttributeValue) BatchStatementRequest {
	return BatchStatementRequest{Statement: &statement, Parameters: parameters}
}

func batch(t *testing.T, client *dynamodb.Client, members ...BatchStatementRequest) []BatchStatementResponse {
	t.Helper()
	return must[*dynamodb.BatchExecuteStatementOutput](t)(client.BatchExecuteStatement(
		t.Context(), &dynamodb.BatchExecuteStatementInput{Statements: members})).Responses
}

func part(statement string, parameters ...AttributeValue) ParameterizedStatement {
	return ParameterizedStatement{
		Statement: &statement, Parameters: parameters,
		ReturnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailureAllOld,
	}
}

func transact(client *dynamodb.Client, token *string, parts ...ParameterizedStatement) (*transactionAnswer, error) {
	return client.ExecuteTransaction(context.Background(), &dynamodb.ExecuteTransactionInput{
		TransactStatements: parts, ClientRequestToken: token, ReturnConsumedCapacity: ReturnConsumedCapacityTotal,
	})
}

func TestParametersOfAllTypesComeBack(t *testing.T) {
	client, ok := notes(t, 0), must[*statementAnswer](t)
	whole := item{
		"pk": s("all"), "sk": n("1"), "text": s("it's ü"), "empty": s(""), "number": n("-0.00000015"),
		"bytes": &AttributeValueMemberB{Value: []byte{0, 255}}, "yes": &AttributeValueMemberBOOL{Value: true},
		"none":    &AttributeValueMemberNULL{Value: true},
		"list":    &AttributeValueMemberL{Value: []AttributeValue{n("1"), s("x")}},
		"map":     &AttributeValueMemberM{Value: item{"b.c": &AttributeValueMemberM{Value: item{"d": s("e")}}}},
		"words":   &AttributeValueMemberSS{Value: []string{"v", "w"}},
		"numbers": &AttributeValueMemberNS{Value: []string{"1", "2.5"}},
		"blobs":   &AttributeValueMemberBS{Value: [][]byte{{'a'}, {'b'}}},
	}
	var members []string
	var values []AttributeValue
	for name, value := range whole {
		members, values = append(members, "'"+name+"': ?"), append(values, value)
	}
	ok(run(client, "INSERT INTO notes VALUE {"+strings.Join(members, ", ")+"}", values...))
	same(t, []item{whole}, ok(run(client, "SELECT * FROM notes WHERE pk = ? AND sk = ?", s("all"), n("1"))).Items)
	for name, value := range whole {
		found := ok(run(client, `SELECT sk FROM notes WHERE pk = ? AND "`+name+`" = ?`, s("all"), value))
		same(t, []item{{"sk": n("1")}}, found.Items)
	}
}

func TestPagesGoOnByTheirTokenToTheEnd(t *testing.T) {
	client := notes(t, 10)
	select_ := &dynamodb.ExecuteStatementInput{
		Statement:  aws.String("SELECT sk FROM notes WHERE pk = ? ORDER BY sk DESC"),
		Parameters: []AttributeValue{s("p")}, Limit: aws.Int32(4),
	}
	var pages []string
	for first := true; first || select_.NextToken != nil; first = false {
		page := must[*statementAnswer](t)(client.ExecuteStatement(t.Context(), select_))
		text := ""
		for _, each := range page.Items {
			text += each["sk"].(*AttributeValueMemberN).Value
		}
		pages = append(pages, text)
		select_.NextToken = page.NextToken
	}
	same(t, []string{"9876", "5432", "10"}, pages)
}

func TestUpdatesAndDeletesAnswerWhatTheyReturn(t *testing.T) {
	client, whole := notes(t, 1), item{"pk": s("p"), "sk": n("0")}
	empty := &AttributeValueMemberM{Value: item{}}
	changed := item{"pk": s("p"), "sk": n("0"), "n": n("2")}
	for _, each := range []struct {
		statement string
		items     []item
	}{
		{"UPDATE notes SET n = 1 SET m = {'x': 1}" + key + " RETURNING ALL OLD *", []item{whole}},
		{"UPDATE notes SET n = n + 1 REMOVE m.x" + key + " RETURNING MODIFIED NEW *", []item{{"n": n("2")}}},
		{"UPDATE notes REMOVE m" + key + " RETURNING MODIFIED OLD *", []item{{"m": empty}}},
		{"DELETE FROM notes" + key + " AND n = 2 RETURNING ALL OLD *", []item{changed}},
		{"DELETE FROM notes" + key, []item{}},
	} {
		same(t, each.items, must[*statementAnswer](t)(run(client, each.statement)).Items)
	}
}

func TestErrorsAreTheSDKsOwnTypes(t *testing.T) {
	client := notes(t, 1)
	_, err := run(client, insert, s("p"), n("0"))
	fails[*DuplicateItemException](t, "Duplicate primary key exists in table", err)
	_, err = run(client, "UPDATE notes SET a = 1"+key+" AND a = 2")
	failed := fails[*ConditionalCheckFailedException](t, "The conditional request failed", err)
	same(t, item{"pk": s("p"), "sk": n("0")}, failed.Item)
	_, err = run(client, "SELECT * FROM nowhere")
	fails[*ResourceNotFoundException](t, "Requested resource not found", err)
	_, err = run(client, "SELECT * FROM notes WHERE")
	syntax := fails[smithy.APIError](t, "Statement wasn't well formed, can't be processed: Unexpected term", err)
	same(t, "ValidationException", syntax.ErrorCode())
}

func TestABatchHasAnOutcomeForEachStatement(t *testing.T) {
	client, table := notes(t, 2), aws.String("notes")
	refused := func(code BatchStatementErrorCodeEnum, message string) *BatchStatementError {
		return &BatchStatementError{Code: code, Message: &message}
	}
	duplicate := refused(BatchStatementErrorCodeEnumDuplicateItem, "Duplicate primary key exists in table")
	failed := refused(BatchStatementErrorCodeEnumConditionalCheckFailed, "The conditional request failed")
	missing := refused(BatchStatementErrorCodeEnumResourceNotFound, "Requested resource not found")
	same(t, []BatchStatementResponse{
		{TableName: table}, {TableName: table, Error: duplicate}, {TableName: table, Error: failed}, {Error: missing},
	}, batch(t, client, member(insert, s("p"), n("2")), member(insert, s("p"), n("1")),
		member("UPDATE notes SET a = 1"+key+" AND a = 2"), member("DELETE FROM nowhere"+key)))
	select_ := "SELECT sk FROM notes WHERE pk = 'p' AND sk = ?"
	same(t, []BatchStatementResponse{{TableName: table, Item: item{"sk": n("2")}}, {TableName: table}},
		batch(t, client, member(select_, n("2")), member(select_, n("7"))))
}

func TestATransactionWritesAllOrSaysWhyNot(t *testing.T) {
	client, ok := notes(t, 2), must[*transactionAnswer](t)
	update := part("UPDATE notes SET n = ?"+key, n("0.1"))
	exists := part("EXISTS(SELECT * FROM notes WHERE pk = 'p' AND sk = 1 AND n IS MISSING)")
	token := aws.String(rand.Text())
	same(t, 4.0, *ok(transact(client, token, update, exists)).ConsumedCapacity[0].WriteCapacityUnits)
	same(t, 4.0, *ok(transact(client, token, update, exists)).ConsumedCapacity[0].ReadCapacityUnits)
	_, err := transact(client, token, update)
	fails[*IdempotentParameterMismatchException](t, "The request uses the same client token as a previous, "+
		"but non-identical request. Do not reuse a client token with different requests, "+
		"unless the requests are identical", err)
	_, err = transact(client, nil, part(insert, s("p"), n("2")), part(insert, s("p"), n("1")),
		part("DELETE FROM notes"+key+" AND n > 1"))
	canceled := fails[*TransactionCanceledException](t, "Transaction cancelled, please refer cancellation reasons for "+
		"specific reasons [None, DuplicateItem, ConditionalCheckFailed]", err)
	same(t, []CancellationReason{
		{Code: aws.String("None")},
		{Code: aws.String("DuplicateItem"), Message: aws.String("Duplicate primary key exists in table")},
		{Code: aws.String("ConditionalCheckFailed"), Message: aws.String("The conditional request failed"),
			Item: item{"pk": s("p"), "sk": n("0"), "n": n("0.1")}},
	}, canceled.CancellationReasons)
	select_ := "SELECT n FROM notes WHERE pk = 'p' AND sk = ?"
	read := ok(transact(client, nil, part(select_, n("0")), part(select_, n("1")), part(select_, n("2"))))
	same(t, []ItemResponse{{Item: item{"n": n("0.1")}}, {Item: item{}}, {}}, read.Responses)
}
