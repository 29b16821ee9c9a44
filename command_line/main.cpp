// The command line: `minamo serve` (or nothing) serves, `minamo api` prints the tables of the API.
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <CLI/CLI.hpp>

#include "command_line/arguments.hpp"
#include "command_line/line_writer.hpp"
#include "command_line/serve.hpp"
#include "emulator/api/dump.hpp"
#include "emulator/call.hpp"
#include "emulator/wire/json.hpp"
#include "emulator/wire/moments.hpp"
#include "minamo/emulator.hpp"
#include "minamo/options.hpp"

namespace minamo {
namespace {

constexpr int usage_fault = 2;
constexpr int delay_ms = 1500;  // of --delay-transient-statuses
constexpr std::uint16_t port_default = 8000;

// What the options are read into.
struct Arguments {
    ServeSettings settings;
    bool in_memory = false;
    bool delay = false;
    bool classic_errors = false;
    int create_ms = 0;
    int update_ms = 0;
    int delete_ms = 0;
    std::string ttl_delay;
    std::string memory_max;
    std::string log;
};

// A check of ours: the words of CLI11's own differ from version to version.
CLI::Validator whole_number(int first, int last) {
    const std::string range = std::to_string(first) + " to " + std::to_string(last);
    const auto fault = [first, last, range](const std::string& text) {
        int number = 0;
        const char* const end = text.data() + text.size();
        const auto read = std::from_chars(text.data(), end, number);
        const bool fits = read.ec == std::errc{} && read.ptr == end && first <= number && number <= last;
        return fits ? std::string{} : "a whole number from " + range + " is wanted, not '" + text + "'";
    };
    return {fault, range};
}

void add_place_options(CLI::App& serve, Arguments& out) {
    out.settings.server.port = port_default;
    serve.add_option("--port", out.settings.server.port, "Port, 8000 by default; 0 picks a free one")
        ->type_name("N")
        ->check(whole_number(0, 65535));
    serve.add_option("--host", out.settings.server.host, "Address to listen on; 127.0.0.1 and ::1 by default")
        ->type_name("ADDRESS");
    serve.add_option("--threads", out.settings.server.threads, "Threads; one per core by default")
        ->type_name("N")
        ->check(whole_number(1, 256));
    serve
        .add_option("--cors", out.settings.server.cors,
                    "Origins whose pages may call, separated by commas, others are refused; all by default")
        ->type_name("ORIGINS");
    serve
        .add_option("--allow-host", out.settings.server.allow_hosts,
                    "More names that clients may call it by, separated by commas; "
                    "on loopback it goes by localhost, addresses and AWS's names only")
        ->type_name("HOSTS");
}

void add_control_options(CLI::App& serve, Arguments& out) {
    serve
        .add_option("--control-origins", out.settings.server.control_origins,
                    "Origins whose pages may use /_minamo/, separated by commas; only the server's own by default")
        ->type_name("ORIGINS");
    serve
        .add_option("--control-token", out.settings.server.control_token,
                    "Answer /_minamo/ calls from other hosts that send this as the header x-minamo-token")
        ->envname("MINAMO_CONTROL_TOKEN")
        ->type_name("TOKEN");
    serve.add_flag("--control-anywhere", out.settings.server.control_anywhere,
                   "Without a token: answer /_minamo/ calls from other hosts, too");
}

void add_storage_options(CLI::App& serve, Arguments& out) {
    serve.add_option("--db-path", out.settings.emulator.db_path, "Keep tables in this folder")->type_name("FOLDER");
    serve.add_flag("--in-memory", out.in_memory, "Keep tables in memory; so it is without --db-path");
    serve.add_flag("--shared-db", out.settings.emulator.shared_db, "The same tables for all access keys and regions");
    serve.add_flag("--durable", out.settings.emulator.durable, "With --db-path: survive power failure (slower)");
    serve.add_option("--memory-max", out.memory_max, "Limit of one namespace, such as 512M or 2G")->type_name("SIZE");
}

void add_time_options(CLI::App& serve, Arguments& out) {
    const CLI::Validator milliseconds = whole_number(0, 86400000);
    serve.add_flag("--delay-transient-statuses", out.delay, "Keep tables CREATING, UPDATING, DELETING for 1.5 s");
    serve.add_option("--create-table-ms", out.create_ms, "How long a table is CREATING")
        ->type_name("MS")
        ->check(milliseconds);
    serve.add_option("--update-table-ms", out.update_ms, "How long it is UPDATING")
        ->type_name("MS")
        ->check(milliseconds);
    serve.add_option("--delete-table-ms", out.delete_ms, "How long it is DELETING")
        ->type_name("MS")
        ->check(milliseconds);
    serve
        .add_option("--ttl-delay", out.ttl_delay,
                    "How long expired items stay, such as 10s or 48h; gone at once by default")
        ->type_name("DURATION");
    serve.add_option("--stream-shards", out.settings.emulator.stream_shards, "Shards of a new stream, 1 by default")
        ->type_name("N")
        ->check(whole_number(1, 100));
}

void add_process_options(CLI::App& serve, Arguments& out) {
    serve.add_flag("--classic-errors", out.classic_errors,
                   "Request errors without the prefix that recent deployments put before them");
    serve.add_option("--ready-file", out.settings.ready_file, "Write the endpoint there when it listens")
        ->type_name("FILE");
    serve.add_flag("--exit-with-parent", out.settings.exit_with_parent,
                   "End when the parent process ends, or the pipe that is stdin");
    serve.add_option("--log", out.log, "calls: one line per call to stderr")
        ->type_name("WHAT")
        ->check(CLI::IsMember({"calls"}));
}

int refuse(const std::string& sentence) {
    std::fprintf(stderr, "minamo: %s\n", sentence.c_str());
    return usage_fault;
}

// The sentence for what is wrong between options; empty where nothing is.
std::string settle_options(const CLI::App& serve, Arguments& arguments) {
    Options& options = arguments.settings.emulator;
    if (arguments.in_memory && !options.db_path.empty()) {
        return "--db-path keeps tables on disk and --in-memory does not: give one of them.";
    }
    if (serve.count("--db-path") != 0 && options.db_path.empty()) return "--db-path needs the name of a folder.";
    if (serve.count("--control-token") != 0 && arguments.settings.server.control_token.empty()) {
        return "--control-token needs a text: whoever knows it may use the control API.";
    }
    if (options.durable && options.db_path.empty()) return "--durable needs --db-path: in memory nothing lasts.";
    if (!arguments.memory_max.empty()) {
        const auto bytes = parse_size(arguments.memory_max);
        if (!bytes || *bytes == 0)
            return "--memory-max takes a size such as 512M or 2G, not '" + arguments.memory_max + "'.";
        options.memory_max_bytes = *bytes;
    }
    if (!arguments.ttl_delay.empty()) {
        const auto delay_given = parse_duration(arguments.ttl_delay);
        if (!delay_given) {
            return "--ttl-delay takes a number with ms, s, m, h or d, such as 10s, not '" + arguments.ttl_delay + "'.";
        }
        options.ttl_delay = std::chrono::milliseconds(*delay_given);
    }
    const auto time = [&](const char* option, int given) {
        return std::chrono::milliseconds(arguments.delay && serve.count(option) == 0 ? delay_ms : given);
    };
    options.create_table = time("--create-table-ms", arguments.create_ms);
    options.update_table = time("--update-table-ms", arguments.update_ms);
    options.delete_table = time("--delete-table-ms", arguments.delete_ms);
    options.envelope = !arguments.classic_errors;
    arguments.settings.log_calls = !arguments.log.empty();
    return {};
}

int print_api() {
    std::string text;
    json::Writer writer(text);
    dump_api(writer);
    std::puts(text.c_str());
    return 0;
}

// What the parser found wrong, in one sentence.
std::string sentence_of(const CLI::App& app, const CLI::ParseError& fault) {
    if (fault.get_exit_code() == static_cast<int>(CLI::ExitCodes::ArgumentMismatch)) {
        const std::string text = fault.what();  // "--port: 1 required ..."
        return text.substr(0, text.find(':')) + " needs a value.";
    }
    const std::vector<std::string> unknown = app.remaining(true);
    if (fault.get_exit_code() != static_cast<int>(CLI::ExitCodes::ExtrasError) || unknown.empty()) {
        return std::string(fault.what()) + ".";
    }
    const std::string& name = unknown.front();
    return name.starts_with("-") ? "There is no option " + name + "." : "There is nothing to do with '" + name + "'.";
}

int run_command(const std::vector<std::string>& given) {
    Arguments arguments;
    CLI::App app("minamo: DynamoDB for tests, on this machine.", "minamo");
    app.set_version_flag("--version,-V", "minamo " + std::string(version()));
    CLI::App* serve = app.add_subcommand("serve", "Serve; so it is without a command");
    const CLI::App* api = app.add_subcommand("api", "Print the operations and their members as JSON");
    add_place_options(*serve, arguments);
    add_control_options(*serve, arguments);
    add_storage_options(*serve, arguments);
    add_time_options(*serve, arguments);
    add_process_options(*serve, arguments);
    const std::vector<std::string> modern = modernize(given);
    try {
        app.parse(std::vector<std::string>(modern.rbegin(), modern.rend()));
    } catch (const CLI::CallForHelp&) {
        std::fputs(app.help("", CLI::AppFormatMode::All).c_str(), stdout);
        return 0;
    } catch (const CLI::CallForVersion& text) {
        std::puts(text.what());
        return 0;
    } catch (const CLI::ParseError& fault) {
        return refuse(sentence_of(app, fault) + " `minamo --help` says what there is.");
    }
    if (api->parsed()) return print_api();
    const std::string fault = settle_options(*serve, arguments);
    return fault.empty() ? serve_until_stopped(std::move(arguments.settings)) : refuse(fault);
}

}  // namespace
}  // namespace minamo

int main(int argument_count, char** arguments) {
    minamo::open_standard_descriptors();
    try {
        return minamo::run_command(std::vector<std::string>(arguments + 1, arguments + argument_count));
    } catch (const std::exception& fault) {
        std::fprintf(stderr, "minamo: %s\n", fault.what());
        return 1;
    }
}
