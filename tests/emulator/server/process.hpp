// A child process with pipes on its standard streams.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace minamo::tests {

class Process {
public:
    // The binary that the build made, with these arguments.
    explicit Process(const std::vector<std::string>& arguments);
    // Killed, if it still runs.
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    // The next line of its stdout; empty where none comes in time.
    std::string read_line();
    // All that is left of stdout, of stderr. Waits for their ends.
    std::string rest_of_output();
    std::string rest_of_errors();
    void close_input();
    // Reads no more of stdout and stderr.
    void close_output();
    void signal(int number) const;
    pid_t id() const { return child_; }
    // The exit code; 128 + the signal that ended it; nothing where it still runs after this long.
    std::optional<int> wait(std::chrono::milliseconds time = std::chrono::seconds(10));

private:
    pid_t child_ = -1;
    int input_ = -1;
    int output_ = -1;
    int errors_ = -1;
};

// The port at the end of "http://127.0.0.1:8000..." wherever that stands in `line`; 0 where it doesn't.
std::uint16_t port_in(const std::string& line);

}  // namespace minamo::tests
