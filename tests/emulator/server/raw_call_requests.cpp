// Targets, types of content, JSON, members, in the order in which the service looks at them.
#include "tests/emulator/server/raw_requests.hpp"

namespace minamo::tests {
namespace {

const ExpectedAnswer fine{200, std::string(no_tables), {"content-type: application/x-amz-json-1.0"}, false};
const ExpectedAnswer no_json{400, std::string(serialization), {}, false};
const ExpectedAnswer unknown{400, std::string(unknown_operation), {}, false};
const ExpectedAnswer not_found{404, std::string(xml), {"content-length: 29"}, false};

RawRequest row(std::string name, std::string bytes, ExpectedAnswer answer) {
    return {std::move(name), std::move(bytes), {std::move(answer)}, true, false};
}

ExpectedAnswer type_fault(std::string_view message) {
    return {400,
            R"({"__type":"com.amazon.coral.service#SerializationException","Message":")" + std::string(message) + "\"}",
            {},
            false};
}

ExpectedAnswer invalid(std::string_view message) {
    return {400,
            R"({"__type":"com.amazon.coral.validate#ValidationException","message":")" + std::string(message) + "\"}",
            {},
            false};
}

std::string with_target(std::string_view target, std::string_view body = "{}") {
    std::string headers(authorization);
    headers.append(amz_json).append(target);
    return post_with(headers, body);
}

std::string with_type(std::string_view type, std::string_view body = "{}") {
    std::string headers(authorization);
    headers.append("X-Amz-Target: DynamoDB_20120810.ListTables\r\n").append(type);
    return post_with(headers, body);
}

std::vector<RawRequest> targets() {
    return {
        row("a call", list_tables(), fine),
        row("a call to another path", "POST /x?y=z" + list_tables().substr(6), fine),
        row("no target", with_target(""), unknown),
        row("an empty target", with_target("X-Amz-Target: \r\n"), unknown),
        row("a target of one part", with_target("X-Amz-Target: ListTables\r\n"), unknown),
        row("a target of three parts", with_target("X-Amz-Target: DynamoDB_20120810.List.Tables\r\n"), unknown),
        row("another version", with_target("X-Amz-Target: DynamoDB_20991231.ListTables\r\n"), unknown),
        row("no operation", with_target("X-Amz-Target: DynamoDB_20120810.\r\n"), unknown),
        row("an operation in lower case", with_target("X-Amz-Target: DynamoDB_20120810.listtables\r\n"), unknown),
        row("an operation of streams", with_target("X-Amz-Target: DynamoDB_20120810.ListStreams\r\n"), unknown),
        row("an operation of tables with streams", with_target("X-Amz-Target: DynamoDBStreams_20120810.ListTables\r\n"),
            unknown),
        row("two targets: the first counts",
            with_target("X-Amz-Target: DynamoDB_20120810.ListTables\r\nx-amz-target: nothing\r\n"), fine),
    };
}

std::vector<RawRequest> types_of_content() {
    const ExpectedAnswer plain{200, std::string(no_tables), {"content-type: application/json"}, false};
    return {
        row("application/json", with_type("Content-Type: application/json\r\n"), plain),
        row("a parameter", with_type("Content-Type: application/json; charset=utf-8\r\n"), plain),
        row("a parameter of amz-json", with_type("Content-Type: application/x-amz-json-1.0;charset=utf-8\r\n"), fine),
        row("capitals", with_type("Content-Type: Application/X-Amz-Json-1.0\r\n"), fine),
        row("amz-json 1.1", with_type("Content-Type: application/x-amz-json-1.1\r\n"), not_found),
        row("text", with_type("Content-Type: text/plain\r\n"), not_found),
        row("a type with a tail", with_type("Content-Type: application/jsonx\r\n"), not_found),
        row("two types", with_type("Content-Type: application/json, text/plain\r\n"), not_found),
        row("no type", with_type(""), not_found),
        row("no type and no body", with_type("", ""),
            {400, std::string(serialization), {"content-type: application/json"}, false}),
        row("a type comes before the JSON", with_type("Content-Type: text/plain\r\n", "{"), not_found),
    };
}

std::vector<RawRequest> json() {
    const auto body = [](std::string_view text) { return post("ListTables", text); };
    return {
        row("blanks around", body(" \r\n\t{ } "), fine),
        row("half an object", body("{"), no_json),
        row("two objects", body("{}{}"), no_json),
        row("a comma too many", body(R"({"Limit":1,})"), no_json),
        row("a comment", body("{/**/}"), no_json),
        row("single quotes", body("{'Limit':1}"), no_json),
        row("an array", body("[]"), no_json),
        row("null", body("null"), no_json),
        row("a text", body(R"("ListTables")"), no_json),
        row("blanks only", body("  "), no_json),
        row("a NUL", body(std::string_view("{}\0", 3)), no_json),
        row("a byte order mark", body("\xEF\xBB\xBF{}"), no_json),
        row("not UTF-8", body("{\"a\":\"\xFF\"}"), no_json),
        row("UTF-8 that is cut off", body("{\"a\":\"\xC3\"}"), no_json),
        row("an overlong form", body("{\"a\":\"\xC0\x80\"}"), no_json),
        row("a lone surrogate", body(R"({"a":"\ud800"})"), no_json),
        row("a control character", body("{\"a\":\"\x01\"}"), no_json),
        row("not a number", body(R"({"Limit":NaN})"), no_json),
        row("a member of no meaning", body(R"({"Nothing":[1,{"a":null}]})"), fine),
        row("a thousand arrays within another", body("{\"a\":" + std::string(1001, '[') + std::string(1001, ']') + "}"),
            no_json),
        row("a hundred thousand arrays", body(std::string(100000, '[')), no_json),
        row("a hundred thousand objects", body([] {
                std::string text;
                for (int i = 0; i < 100000; ++i) text += "{\"a\":";
                return text;
            }()),
            no_json),
        row("bad JSON comes before no target", with_target("", "{"), no_json),
    };
}

std::vector<RawRequest> members() {
    return {
        row("a text for a number", post("ListTables", R"({"Limit":"1"})"),
            type_fault("STRING_VALUE cannot be converted to Integer")),
        row("true for a number", post("ListTables", R"({"Limit":true})"),
            type_fault("TRUE_VALUE cannot be converted to Integer")),
        row("an object for a number", post("ListTables", R"({"Limit":{}})"),
            type_fault("Start of structure or map found where not expected")),
        row("an array for a text", post("ListTables", R"({"ExclusiveStartTableName":[]})"),
            type_fault("Unrecognized collection type class java.lang.String")),
        row("a number for a text", post("DescribeTable", R"({"TableName":1})"),
            type_fault("NUMBER_VALUE cannot be converted to String")),
        row("a number too small", post("ListTables", R"({"Limit":0})"),
            invalid("1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have "
                    "value "
                    "greater than or equal to 1")),
        row("a number too large", post("ListTables", R"({"Limit":101})"),
            invalid("1 validation error detected: Value '101' at 'limit' failed to satisfy constraint: Member must "
                    "have value "
                    "less than or equal to 100")),
        row("base64 of a wrong length", post("GetItem", R"({"TableName":"abc","Key":{"a":{"B":"abc"}}})"),
            type_fault("Base64 encoded length is expected a multiple of 4 bytes but found: 3")),
        row("a number for base64", post("GetItem", R"({"TableName":"abc","Key":{"a":{"B":1}}})"),
            type_fault("only base-64-encoded strings are convertible to bytes")),
        row("a table that is not there", post("GetItem", R"({"TableName":"abc","Key":{"a":{"S":"b"}}})"),
            {400, R"({"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException",...)", {}, false}),
    };
}

}  // namespace

std::vector<RawRequest> call_requests() {
    std::vector<RawRequest> out = targets();
    for (auto* more : {types_of_content, json, members}) {
        for (RawRequest& request : more()) out.push_back(std::move(request));
    }
    return out;
}

}  // namespace minamo::tests
