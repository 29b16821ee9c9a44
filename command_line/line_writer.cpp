// O_NONBLOCK belongs to the open file, which a shell or a parent shares: so a pipe or a terminal is opened once more,
// by its name under /proc, and only that one does not block. A socket cannot be opened so; there each send says that it
// does not wait. For all else, and where /proc is missing, poll tells whether there is room: in a pipe room for
// PIPE_BUF bytes, so that no more are written at a time.
#include "command_line/line_writer.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <utility>

namespace minamo {

LineWriter::LineWriter(int descriptor) : given_(descriptor) {
    struct stat about {};
    if (::fstat(descriptor, &about) != 0) return;
    is_socket_ = S_ISSOCK(about.st_mode);
    if (!S_ISFIFO(about.st_mode) && !S_ISCHR(about.st_mode)) return;
    const std::string name = "/proc/self/fd/" + std::to_string(descriptor);
    own_ = ::open(name.c_str(), O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

LineWriter::~LineWriter() {
    if (own_ >= 0) ::close(own_);
}

bool LineWriter::write(std::string line) {
    const std::scoped_lock lock(mutex_);
    if (line.size() >= line_bytes_max) line.resize(line_bytes_max - 1);
    line.push_back('\n');
    if (dropped_ != 0) {
        line.insert(0, "minamo: Lines dropped, because nobody read them: " + std::to_string(dropped_) + ".\n");
    }
    const std::size_t size = line.size();
    if (!send(rest_) || (!send(line) && line.size() == size)) {
        ++dropped_;
        return false;
    }
    rest_ = std::move(line);
    dropped_ = 0;
    return true;
}

// Takes what has gone off the front of `bytes`; whether that is all.
bool LineWriter::send(std::string& bytes) {
    while (!bytes.empty()) {
        const long sent = send_some(bytes.data(), bytes.size());
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        bytes.erase(0, static_cast<std::size_t>(sent));
    }
    return true;
}

long LineWriter::send_some(const char* bytes, std::size_t size) const {
    if (is_socket_) return ::send(given_, bytes, size, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (own_ >= 0) return ::write(own_, bytes, size);
    pollfd watched{given_, POLLOUT, 0};
    if (::poll(&watched, 1, 0) <= 0) {
        errno = EAGAIN;
        return -1;
    }
    return ::write(given_, bytes, std::min<std::size_t>(size, PIPE_BUF));
}

void open_standard_descriptors() {
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; ++descriptor) {
        // The lowest free number is this one: those below it are open.
        if (::fcntl(descriptor, F_GETFD) < 0 && errno == EBADF && ::open("/dev/null", O_RDWR) < 0) return;
    }
}

}  // namespace minamo
