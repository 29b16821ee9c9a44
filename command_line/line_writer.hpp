// Lines to a descriptor that somebody may be reading, or nobody: a program that speaks to a full pipe must not stop.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>

namespace minamo {

// Safe from any thread. Never waits: a line that the other side has no room for is dropped, and how many were is said
// by the next line that goes. Lines don't mix. What is longer than line_bytes_max is cut.
class LineWriter {
public:
    static constexpr std::size_t line_bytes_max = 4096;  // what a pipe takes whole or not at all

    // The descriptor is borrowed, and its flags stay as they are: other processes may share them.
    explicit LineWriter(int descriptor);
    ~LineWriter();
    LineWriter(const LineWriter&) = delete;
    LineWriter& operator=(const LineWriter&) = delete;

    // Without the line's end, which it adds. False where it was dropped.
    bool write(std::string line);

private:
    bool send(std::string& bytes);
    long send_some(const char* bytes, std::size_t size) const;

    const int given_;
    int own_ = -1;  // the same pipe or terminal, opened again so that it does not block; -1: there is none
    bool is_socket_ = false;
    std::mutex mutex_;
    std::string rest_;  // of a line that went in part
    std::size_t dropped_ = 0;
};

// Descriptors 0, 1 and 2 where they are closed: /dev/null, so that no file or connection opened later gets such a
// number, and with it what is meant for the log.
void open_standard_descriptors();

}  // namespace minamo
