// The parts of the command line that need no process: old spellings, sizes, lines of the log.
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "command_line/arguments.hpp"
#include "tests/support.hpp"

namespace minamo::tests {
namespace {

std::string modern(const std::string& words) {
    std::istringstream in(words);
    std::vector<std::string> arguments;
    for (std::string word; in >> word;) arguments.push_back(word);
    std::string out;
    for (const std::string& word : modernize(arguments)) out += (out.empty() ? "" : " ") + word;
    return out;
}

CallRecord record() {
    CallRecord out;
    out.account = "000000000000";
    out.region = "us-east-1";
    out.operation = "GetItem";
    out.table = "Music";
    out.milliseconds = 0.21449;
    return out;
}

}  // namespace

TEST_CASE("Command line: old spellings become new ones", "[server]") {
    struct Row {
        const char* given;
        const char* modern;
    };
    for (const Row& row : {Row{"", "serve"},
                           {"serve", "serve"},
                           {"api", "api"},
                           {"--port 1", "serve --port 1"},
                           {"-port 1", "serve --port 1"},
                           {"-port=1", "serve --port=1"},
                           {"serve -port 1", "serve --port 1"},
                           {"-dbPath x -sharedDb", "serve --db-path x --shared-db"},
                           {"-inMemory -cors *", "serve --in-memory --cors *"},
                           {"-delayTransientStatuses", "serve --delay-transient-statuses"},
                           {"-disableTelemetry", "serve"},
                           {"-optimizeDbBeforeStartup -dbPath a=b", "serve --db-path a=b"},
                           {"-help", "--help"},
                           {"-version", "--version"},
                           {"--help", "--help"},
                           {"-h", "-h"},
                           {"--version", "--version"},
                           {"-inMemory -help", "serve --in-memory --help"}}) {
        CAPTURE(row.given);
        CHECK(modern(row.given) == row.modern);
    }
}

TEST_CASE("Command line: what is no old spelling stays", "[server]") {
    for (const char* given :
         {"serve -Port 1", "serve -ports 1", "serve -x", "nothing", "serve --inMemory", "serve port"}) {
        CAPTURE(given);
        CHECK(modern(given) == given);
    }
}

TEST_CASE("Command line: sizes", "[server]") {
    struct Row {
        const char* text;
        std::size_t bytes;
    };
    for (const Row& row : {Row{"0", 0},
                           {"1", 1},
                           {"1048576", 1048576},
                           {"1k", 1024},
                           {"1K", 1024},
                           {"512M", 536870912},
                           {"2g", 2147483648},
                           {"1T", 1099511627776},
                           {"3MiB", 3145728}}) {
        CAPTURE(row.text);
        CHECK(parse_size(row.text) == row.bytes);
    }
}

TEST_CASE("Command line: what is no size", "[server]") {
    for (const char* text : {"", "M", "-1", "+1", "1.5G", " 1", "1 ", "1x", "1MB", "1Mi", "1iB", "0x10", "1kk",
                             "18446744073709551616", "18014398509481984k", "99999999T"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_size(text));
    }
}

TEST_CASE("Log: a call that went well", "[server]") {
    CHECK(log_line(record()) == "000000000000/us-east-1 GetItem Music 0.214 ms");
}

TEST_CASE("Log: a call that names no table", "[server]") {
    CallRecord call = record();
    call.table.clear();
    call.milliseconds = 1234.5;
    CHECK(log_line(call) == "000000000000/us-east-1 GetItem - 1234.500 ms");
}

TEST_CASE("Log: an error with its message", "[server]") {
    CallRecord call = record();
    call.error_type = "ValidationException";
    call.error_message = "No.";
    CHECK(log_line(call) == "000000000000/us-east-1 GetItem Music 0.214 ms ValidationException: No.");
}

TEST_CASE("Log: an error without a message", "[server]") {
    CallRecord call = record();
    call.error_type = "SerializationException";
    CHECK(log_line(call) == "000000000000/us-east-1 GetItem Music 0.214 ms SerializationException");
}

TEST_CASE("Log: a line stays one line", "[server]") {
    CallRecord call = record();
    call.table = "a\nb";
    call.region = "r\r";
    call.error_type = "E";
    call.error_message = "x\ty\x7F";
    CHECK(log_line(call) == "000000000000/r  GetItem a b 0.214 ms E: x y ");
}

}  // namespace minamo::tests
