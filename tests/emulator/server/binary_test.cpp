// The binary as users start it.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "emulator/wire/json.hpp"
#include "minamo/emulator.hpp"
#include "tests/emulator/answers.hpp"
#include "tests/emulator/calls.hpp"
#include "tests/emulator/server/process.hpp"
#include "tests/emulator/server/raw_client.hpp"
#include "tests/emulator/server/raw_requests.hpp"
#include "tests/support.hpp"
#include "tests/temporary_folder.hpp"

namespace minamo::tests {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr std::string_view get = "GET / HTTP/1.1\r\n\r\n";

struct Outcome {
    std::optional<int> code;
    std::string output;
    std::string errors;
};

Outcome run(const std::vector<std::string>& arguments) {
    Process process(arguments);
    Outcome out;
    out.output = process.rest_of_output();
    out.errors = process.rest_of_errors();
    out.code = process.wait();
    return out;
}

std::string text_of(const std::string& path) {
    std::ifstream in(path);
    return {std::istreambuf_iterator<char>(in), {}};
}

bool wait_for_file(const std::string& path) {
    for (int i = 0; i < 500 && !fs::exists(path); ++i) std::this_thread::sleep_for(10ms);
    return fs::exists(path);
}

std::string body_of(std::uint16_t port, const std::string& bytes) {
    const auto answer = send_once(port, bytes);
    return answer ? answer->body : "no answer";
}

}  // namespace

TEST_CASE("minamo: --version is one line", "[server]") {
    for (const char* option : {"--version", "-version", "-V"}) {
        const Outcome outcome = run({option});
        CHECK(outcome.code == 0);
        CHECK(outcome.output == "minamo " + std::string(version()) + "\n");
        CHECK(outcome.errors.empty());
    }
}

TEST_CASE("minamo: --help names every option", "[server]") {
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"--help"}, {"-help"}, {"-h"}, {"serve", "--help"}, {"-inMemory", "-help"}}) {
        const Outcome outcome = run(arguments);
        CHECK(outcome.code == 0);
        for (const char* option : {"--port",
                                   "--host",
                                   "--threads",
                                   "--cors",
                                   "--allow-host",
                                   "--control-origins",
                                   "--control-token",
                                   "--control-anywhere",
                                   "--db-path",
                                   "--in-memory",
                                   "--shared-db",
                                   "--durable",
                                   "--memory-max",
                                   "--delay-transient-statuses",
                                   "--create-table-ms",
                                   "--update-table-ms",
                                   "--delete-table-ms",
                                   "--classic-errors",
                                   "--ready-file",
                                   "--exit-with-parent",
                                   "--log",
                                   "--ttl-delay",
                                   "--stream-shards"}) {
            CAPTURE(option);
            CHECK(contains(outcome.output, option));
        }
    }
}

TEST_CASE("minamo: what is wrong with the command line is one sentence", "[server]") {
    struct Row {
        std::vector<std::string> arguments;
        std::string sentence;
    };
    const std::string help = " `minamo --help` says what there is.";
    for (const Row& row : {
             Row{{"--nothing"}, "There is no option --nothing." + help},
             {{"serve", "-x"}, "There is no option -x." + help},
             {{"serve", "--Port", "1"}, "There is no option --Port." + help},
             {{"nothing"}, "There is nothing to do with 'nothing'." + help},
             {{"serve", "nothing"}, "There is nothing to do with 'nothing'." + help},
             {{"--port"}, "--port needs a value." + help},
             {{"--port", "http"}, "--port: a whole number from 0 to 65535 is wanted, not 'http'." + help},
             {{"--port", "65536"}, "--port: a whole number from 0 to 65535 is wanted, not '65536'." + help},
             {{"--port", "-1"}, "--port: a whole number from 0 to 65535 is wanted, not '-1'." + help},
             {{"--threads", "0"}, "--threads: a whole number from 1 to 256 is wanted, not '0'." + help},
             {{"--create-table-ms", "x"},
              "--create-table-ms: a whole number from 0 to 86400000 is wanted, not 'x'." + help},
             {{"--log", "all"}, "--log: all not in {calls}." + help},
             {{"-inMemory", "-dbPath", "x"},
              "--db-path keeps tables on disk and --in-memory does not: give one of them."},
             {{"--durable"}, "--durable needs --db-path: in memory nothing lasts."},
             {{"--control-token", ""}, "--control-token needs a text: whoever knows it may use the control API."},
             {{"--memory-max", "lots"}, "--memory-max takes a size such as 512M or 2G, not 'lots'."},
             {{"--ttl-delay", "soon"}, "--ttl-delay takes a number with ms, s, m, h or d, such as 10s, not 'soon'."},
             {{"--ttl-delay", "-1s"}, "--ttl-delay takes a number with ms, s, m, h or d, such as 10s, not '-1s'."},
             {{"--stream-shards", "0"}, "--stream-shards: a whole number from 1 to 100 is wanted, not '0'." + help},
             {{"--memory-max", "0"}, "--memory-max takes a size such as 512M or 2G, not '0'."},
         }) {
        const Outcome outcome = run(row.arguments);
        CHECK(outcome.code == 2);
        CHECK(outcome.errors == "minamo: " + row.sentence + "\n");
        CHECK(outcome.output.empty());
    }
}

TEST_CASE("minamo api: it prints the operations as JSON", "[server]") {
    const Outcome outcome = run({"api"});
    CHECK(outcome.code == 0);
    json::Document document;
    const json::Value* api = document.parse(outcome.output);
    REQUIRE(api != nullptr);
    const json::Value* operations = json::find(*api, "operations");
    REQUIRE(operations != nullptr);
    CHECK(operations->Size() == 66);
}

TEST_CASE("minamo serve: it says where it listens when it does", "[server]") {
    Process process({"serve", "--port", "0"});
    const std::string line = process.read_line();
    const std::uint16_t port = port_in(line);
    CHECK(line.starts_with("minamo " + std::string(version()) + " listens on http://127.0.0.1:"));
    CHECK(contains(line, "000000000000"));
    CHECK(contains(line, "us-east-1"));
    CHECK(body_of(port, std::string(get)) == healthy);
    CHECK(body_of(port, list_tables()) == no_tables);
}

TEST_CASE("minamo serve: either signal to terminate ends it well", "[server]") {
    for (const int number : {SIGTERM, SIGINT}) {
        Process process({"--port", "0"});
        const std::uint16_t port = port_in(process.read_line());
        RawClient idle(port);
        process.signal(number);
        CHECK(process.wait() == 0);
        CHECK(idle.ends());
        CHECK(process.rest_of_output().empty());
        CHECK(process.rest_of_errors().empty());
    }
}

TEST_CASE("minamo serve: it waits for half a request, but not for ever", "[server]") {
    Process process({"--port", "0"});
    RawClient client(port_in(process.read_line()));
    client.send("GET / HTTP/1.1\r\n");
    std::this_thread::sleep_for(50ms);
    process.signal(SIGTERM);
    CHECK_FALSE(process.wait(300ms));
    CHECK(process.wait() == 0);
}

TEST_CASE("minamo serve: a second signal ends it at once", "[server]") {
    Process process({"--port", "0"});
    RawClient client(port_in(process.read_line()));
    client.send("GET / HTTP/1.1\r\n");
    std::this_thread::sleep_for(50ms);
    process.signal(SIGTERM);
    std::this_thread::sleep_for(200ms);
    process.signal(SIGTERM);
    CHECK(process.wait(1000ms) == 128 + SIGTERM);
}

TEST_CASE("minamo serve: a port in use is one sentence", "[server]") {
    Emulator emulator;
    const Server server = emulator.serve();
    const std::string port = std::to_string(server.port());
    const Outcome outcome = run({"serve", "--port", port});
    CHECK(outcome.code == 1);
    CHECK(outcome.output.empty());
    CHECK(outcome.errors == "minamo: Port " + port +
                                " is in use: stop what listens there, or choose another port (0 picks a free one).\n");
}

TEST_CASE("minamo serve: the ready file has the endpoint", "[server]") {
    const TemporaryFolder folder;
    const std::string ready = folder.file("ready");
    std::ofstream(ready) << "of an earlier run\n";
    Process process({"serve", "--port", "0", "--ready-file", ready});
    const std::uint16_t port = port_in(process.read_line());
    REQUIRE(wait_for_file(ready));
    CHECK(text_of(ready) == "http://127.0.0.1:" + std::to_string(port) + "\n");
    CHECK_FALSE(fs::exists(ready + ".new"));
}

TEST_CASE("minamo serve: a ready file that cannot be written is one sentence", "[server]") {
    const Outcome outcome = run({"serve", "--port", "0", "--ready-file", "/no/such/folder/ready"});
    CHECK(outcome.code == 1);
    CHECK(outcome.output.empty());
    CHECK(outcome.errors ==
          "minamo: The ready file /no/such/folder/ready cannot be written: No such file or directory.\n");
}

TEST_CASE("minamo serve: --exit-with-parent ends with stdin", "[server]") {
    Process process({"--port", "0", "--exit-with-parent"});
    const std::uint16_t port = port_in(process.read_line());
    CHECK(body_of(port, std::string(get)) == healthy);
    CHECK_FALSE(process.wait(100ms));
    process.close_input();
    CHECK(process.wait() == 0);
}

TEST_CASE("minamo serve: without --exit-with-parent stdin does not matter", "[server]") {
    Process process({"--port", "0"});
    const std::uint16_t port = port_in(process.read_line());
    process.close_input();
    CHECK_FALSE(process.wait(200ms));
    CHECK(body_of(port, std::string(get)) == healthy);
}

TEST_CASE("minamo serve: --exit-with-parent ends when the parent is killed", "[server]") {
    const TemporaryFolder folder;
    const std::string ready = folder.file("ready");
    const pid_t parent = ::fork();
    if (parent == 0) {
        // Its stdin is that of the tests, which stays: only the parent's end can end the server.
        if (::fork() == 0) {
            ::dup2(::open("/dev/null", O_WRONLY), STDOUT_FILENO);
            ::execl(MINAMO_BINARY, MINAMO_BINARY, "--port", "0", "--ready-file", ready.c_str(), "--exit-with-parent",
                    static_cast<char*>(nullptr));
            ::_exit(127);
        }
        for (;;) ::pause();
    }
    const bool started = wait_for_file(ready);
    const std::uint16_t port = port_in(text_of(ready));
    const bool answered = body_of(port, std::string(get)) == healthy;
    ::kill(parent, SIGKILL);
    ::waitpid(parent, nullptr, 0);
    REQUIRE(started);
    CHECK(answered);
    bool gone = false;
    for (int i = 0; i < 500 && !gone; ++i) {
        std::this_thread::sleep_for(10ms);
        gone = !RawClient(port).connected();
    }
    CHECK(gone);
}

TEST_CASE("minamo serve: --log calls writes a line per call", "[server]") {
    Process process({"--port", "0", "--log", "calls"});
    const std::uint16_t port = port_in(process.read_line());
    body_of(port, list_tables());
    body_of(port, post("ListTables", R"({"Limit":0})"));
    process.signal(SIGTERM);
    CHECK(process.wait() == 0);
    const std::string log = process.rest_of_errors();
    const std::size_t end = log.find('\n');
    REQUIRE(end != std::string::npos);
    const std::string first = log.substr(0, end);
    const std::string second = log.substr(end + 1);
    CHECK(contains(first, "/us-east-1 ListTables - "));
    CHECK(first.ends_with(" ms"));
    CHECK(contains(second, " ms ValidationException: 1 validation error detected: Value '0' at 'limit'"));
}

TEST_CASE("minamo serve: it goes on when nobody reads its log", "[server]") {
    Process process({"--port", "0", "--log", "calls"});
    const std::uint16_t port = port_in(process.read_line());
    process.close_output();
    CHECK(body_of(port, list_tables()) == no_tables);
    CHECK(body_of(port, list_tables()) == no_tables);
    process.signal(SIGTERM);
    CHECK(process.wait() == 0);
}

TEST_CASE("minamo serve: a log in a pipe that nobody reads stops nothing", "[server]") {
    Process process({"--port", "0", "--log", "calls"});
    const std::uint16_t port = port_in(process.read_line());
    RawClient client(port);
    for (int i = 0; i < 2000; ++i) {
        client.send(list_tables());
        REQUIRE(client.read());
    }
    process.signal(SIGTERM);
    CHECK(process.wait(2s) == 0);
}

#if defined(__GLIBC__) && !MINAMO_SANITIZED
TEST_CASE("minamo serve: memory of large requests comes back", "[server]") {
    Process process({"--port", "0"});
    const std::uint16_t port = port_in(process.read_line());
    std::string numbers = R"({"Limit":[0)";
    while (numbers.size() < 4000000) numbers += ",0";
    const std::string large = post("ListTables", numbers + "]}");
    for (int i = 0; i < 4; ++i) {
        CHECK_THAT(body_of(port, large),
                   is_json(R"({"__type":"com.amazon.coral.service#SerializationException",)"
                           R"("Message":"Unrecognized collection type class java.lang.Integer"})"));
    }
    std::size_t kilobytes = 0;
    for (int i = 0; i < 100 && (kilobytes == 0 || kilobytes > 60000); ++i) {
        std::this_thread::sleep_for(100ms);
        std::ifstream status("/proc/" + std::to_string(process.id()) + "/status");
        for (std::string line; std::getline(status, line);) {
            if (line.starts_with("VmRSS:")) kilobytes = std::stoul(line.substr(6));
        }
    }
    CHECK(kilobytes <= 60000);
}
#endif

TEST_CASE("minamo serve: standard descriptors that are closed are opened on nothing", "[server]") {
    const TemporaryFolder folder;
    const std::string ready = folder.file("ready");
    const pid_t child = ::fork();
    if (child == 0) {
        for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::close(descriptor);
        ::execl(MINAMO_BINARY, MINAMO_BINARY, "--port", "0", "--ready-file", ready.c_str(), "--db-path",
                folder.file("db").c_str(), static_cast<char*>(nullptr));
        ::_exit(127);
    }
    const bool started = wait_for_file(ready);
    const std::uint16_t port = port_in(text_of(ready));
    CHECK_THAT(body_of(port, post("CreateTable", create_request("tab"))),
               has_json("/TableDescription/TableName", R"("tab")"));
    std::vector<std::string> opened;
    for (const char* descriptor : {"0", "1", "2"}) {
        opened.push_back(fs::read_symlink("/proc/" + std::to_string(child) + "/fd/" + descriptor).string());
    }
    ::kill(child, SIGTERM);
    int status = 0;
    ::waitpid(child, &status, 0);
    REQUIRE(started);
    CHECK(opened == std::vector<std::string>(3, "/dev/null"));
    CHECK(status == 0);
}

TEST_CASE("minamo serve: --shared-db is one namespace", "[server]") {
    Process process({"--port", "0", "-sharedDb"});
    const std::uint16_t port = port_in(process.read_line());
    CHECK_THAT(body_of(port, post("CreateTable", create_request("everyones"))),
               has_json("/TableDescription/TableName", R"("everyones")"));
    std::string other = list_tables();
    other.replace(other.find("AKIDEXAMPLE"), 11, "ANOTHERKEYS");
    CHECK(body_of(port, other) == R"({"TableNames":["everyones"]})");
}

TEST_CASE("minamo serve: --db-path keeps tables", "[server]") {
    const TemporaryFolder folder;
    for (int round = 0; round < 2; ++round) {
        Process process({"--port", "0", "-dbPath", folder.file("db")});
        const std::uint16_t port = port_in(process.read_line());
        if (round == 0) {
            CHECK_THAT(body_of(port, post("CreateTable", create_request("kept"))),
                       has_json("/TableDescription/TableName", R"("kept")"));
        }
        CHECK(body_of(port, list_tables()) == R"({"TableNames":["kept"]})");
        process.signal(SIGTERM);
        CHECK(process.wait() == 0);
    }
}

TEST_CASE("minamo serve: tables take their time where that is asked for", "[server]") {
    struct Row {
        std::vector<std::string> arguments;
        const char* status;
    };
    for (const Row& row : {Row{{}, R"("ACTIVE")"},
                           {{"-delayTransientStatuses"}, R"("CREATING")"},
                           {{"--create-table-ms", "60000"}, R"("CREATING")"},
                           {{"--delay-transient-statuses", "--create-table-ms", "0"}, R"("ACTIVE")"}}) {
        std::vector<std::string> arguments{"serve", "--port", "0"};
        arguments.insert(arguments.end(), row.arguments.begin(), row.arguments.end());
        Process process(arguments);
        const std::uint16_t port = port_in(process.read_line());
        body_of(port, post("CreateTable", create_request("slow")));
        const std::string described = body_of(port, post("DescribeTable", table_request("slow")));
        CHECK_THAT(described, has_json("/Table/TableStatus", row.status));
    }
}

}  // namespace minamo::tests
