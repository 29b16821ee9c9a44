// What the command line of `minamo serve` comes to, and the parts of reading it that need no parser.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "minamo/options.hpp"

namespace minamo {

struct ServeSettings {
    Options emulator;
    ServeOptions server;
    std::string ready_file;         // gets the endpoint when the server listens; empty: none
    bool exit_with_parent = false;  // ends when the parent process, or what it holds of stdin, does
    bool log_calls = false;         // one line per call to stderr
};

// The arguments after the program's name, with DynamoDB Local's single-dash spellings ("-port", "-inMemory=...")
// replaced by minamo's, those without a meaning here dropped, and "serve" put first where no command is named.
std::vector<std::string> modernize(const std::vector<std::string>& arguments);

// "512M", "2G", "64k", "1048576": bytes in powers of 1024. Nothing where it is no such size, or too large.
std::optional<std::size_t> parse_size(std::string_view text);

// The line of the log for one call: "<account>/<region> PutItem Music 0.214 ms", then type and message of an error.
std::string log_line(const CallRecord& record);

}  // namespace minamo
