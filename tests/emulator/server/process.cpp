// fork and exec, with all descriptors closed that the child should not have.
#include "tests/emulator/server/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <stdexcept>
#include <thread>

namespace minamo::tests {
namespace {

constexpr int patience_ms = 10000;

struct Pipe {
    Pipe() {
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    }
    std::array<int, 2> ends{};
};

bool readable(int descriptor) {
    pollfd watched{descriptor, POLLIN, 0};
    return ::poll(&watched, 1, patience_ms) > 0;
}

std::string rest_of(int descriptor) {
    std::string out;
    std::array<char, 4096> piece;
    while (readable(descriptor)) {
        const ssize_t size = ::read(descriptor, piece.data(), piece.size());
        if (size <= 0) break;
        out.append(piece.data(), static_cast<std::size_t>(size));
    }
    return out;
}

}  // namespace

Process::Process(const std::vector<std::string>& arguments) {
    const Pipe input;
    const Pipe output;
    const Pipe errors;
    std::vector<std::string> words{MINAMO_BINARY};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    child_ = ::fork();
    if (child_ < 0) throw std::runtime_error("no child");
    if (child_ == 0) {
        ::dup2(input.ends[0], STDIN_FILENO);
        ::dup2(output.ends[1], STDOUT_FILENO);
        ::dup2(errors.ends[1], STDERR_FILENO);
        ::execv(pointers.front(), pointers.data());
        ::_exit(127);
    }
    input_ = input.ends[1];
    output_ = output.ends[0];
    errors_ = errors.ends[0];
    for (const int unused : {input.ends[0], output.ends[1], errors.ends[1]}) ::close(unused);
}

Process::~Process() {
    if (child_ > 0) {
        ::kill(child_, SIGKILL);
        ::waitpid(child_, nullptr, 0);
    }
    close_input();
    close_output();
}

std::string Process::read_line() {
    std::string out;
    char c = 0;
    while (readable(output_) && ::read(output_, &c, 1) == 1 && c != '\n') out.push_back(c);
    return out;
}

std::string Process::rest_of_output() {
    return rest_of(output_);
}
std::string Process::rest_of_errors() {
    return rest_of(errors_);
}

void Process::close_input() {
    if (input_ >= 0) ::close(input_);
    input_ = -1;
}

void Process::close_output() {
    for (int* end : {&output_, &errors_}) {
        if (*end >= 0) ::close(*end);
        *end = -1;
    }
}

void Process::signal(int number) const {
    ::kill(child_, number);
}

std::optional<int> Process::wait(std::chrono::milliseconds time) {
    const auto end = std::chrono::steady_clock::now() + time;
    for (;;) {
        int status = 0;
        if (::waitpid(child_, &status, WNOHANG) == child_) {
            child_ = -1;
            return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        }
        if (std::chrono::steady_clock::now() >= end) return std::nullopt;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
}

std::uint16_t port_in(const std::string& line) {
    constexpr std::string_view start = "http://127.0.0.1:";
    const std::size_t at = line.find(start);
    return at == std::string::npos ? 0 : static_cast<std::uint16_t>(std::stoi(line.substr(at + start.size())));
}

}  // namespace minamo::tests
