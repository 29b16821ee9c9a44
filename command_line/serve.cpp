// The main thread waits for one of two descriptors, signals and the parent's end; the server has its own threads.
#include "command_line/serve.hpp"

#include <malloc.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "command_line/line_writer.hpp"
#include "emulator/namespaces/small_files.hpp"
#include "minamo/emulator.hpp"

namespace minamo {
namespace {

int refuse(LineWriter& log, std::string_view sentence) {
    log.write(std::string("minamo: ").append(sentence));
    return 1;
}

// Each namespace and each connection takes a descriptor.
void raise_descriptor_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max) return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

class StopSignals {
public:
    StopSignals() {
        sigemptyset(&signals_);
        sigaddset(&signals_, SIGINT);
        sigaddset(&signals_, SIGTERM);
        ::pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
        descriptor_ = ::signalfd(-1, &signals_, SFD_CLOEXEC);
    }
    ~StopSignals() { ::close(descriptor_); }
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;

    int descriptor() const { return descriptor_; }

    // From now on a signal ends the process at once.
    void release() {
        signalfd_siginfo first{};
        while (::read(descriptor_, &first, sizeof first) < 0 && errno == EINTR) {
        }
        ::pthread_sigmask(SIG_UNBLOCK, &signals_, nullptr);
    }

private:
    sigset_t signals_{};
    int descriptor_ = -1;
};

// stdin as a parent's lifeline: only a pipe or a socket ends when the other side does.
int lifeline() {
    struct stat about {};
    const bool lives = ::fstat(STDIN_FILENO, &about) == 0 && (S_ISFIFO(about.st_mode) || S_ISSOCK(about.st_mode));
    return lives ? STDIN_FILENO : -1;
}

bool has_ended(int descriptor) {
    std::array<char, 4096> ignored;
    const ssize_t size = ::read(descriptor, ignored.data(), ignored.size());
    return size == 0 || (size < 0 && errno != EINTR && errno != EAGAIN);
}

// Until a signal comes or `line`, if it is not -1, ends.
void wait_for_end(StopSignals& signals, int line) {
    std::array<pollfd, 2> watched{pollfd{signals.descriptor(), POLLIN, 0}, pollfd{line, POLLIN, 0}};
    for (;;) {
        if (::poll(watched.data(), watched.size(), -1) < 0) continue;
        if (watched[0].revents != 0) return signals.release();
        if (watched[1].revents != 0 && has_ended(line)) return;
    }
}

int serve(const ServeSettings& settings, StopSignals& signals, LineWriter& log) {
    Emulator emulator(settings.emulator);
    Server server = emulator.serve(settings.server);
    if (!settings.ready_file.empty()) {
        // The whole text or no file: a reader never sees half of it.
        if (!replace_file(settings.ready_file, server.endpoint() + "\n")) {
            return refuse(
                log, "The ready file " + settings.ready_file + " cannot be written: " + std::strerror(errno) + ".");
        }
    }
    LineWriter(STDOUT_FILENO)
        .write("minamo " + std::string(version()) + " listens on " + server.endpoint() +
               " (access key 000000000000, any secret, region us-east-1; "
               "every other access key or region has tables of its own)");
    wait_for_end(signals, settings.exit_with_parent ? lifeline() : -1);
    server.stop();
    return 0;
}

// glibc raises its thresholds with each large block that is freed, up to 64 MiB for each thread's arena, which nothing
// gives back then. Fixed ones let large blocks go at once, and the ends of arenas.
void keep_little_memory() {
#ifdef __GLIBC__
    ::mallopt(M_MMAP_THRESHOLD, 1024 * 1024);
    ::mallopt(M_TRIM_THRESHOLD, 4 * 1024 * 1024);
#endif
}

}  // namespace

int serve_until_stopped(ServeSettings settings) {
    keep_little_memory();
    const pid_t parent = ::getppid();
    StopSignals signals;
    if (settings.exit_with_parent) {
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (::getppid() != parent) return 0;
    }
    std::signal(SIGPIPE, SIG_IGN);  // nobody has to read what it says
    raise_descriptor_limit();
    if (!settings.ready_file.empty()) ::unlink(settings.ready_file.c_str());  // of an earlier run
    settings.server.gives_memory_back = true;
    LineWriter log(STDERR_FILENO);
    if (settings.log_calls) {
        settings.emulator.on_call = [&log](const CallRecord& record) { log.write(log_line(record)); };
    }
    settings.emulator.on_notice = [&log](const std::string& sentence) { log.write("minamo: " + sentence); };
    try {
        return serve(settings, signals, log);
    } catch (const StartError& fault) {
        return refuse(log, fault.what());
    }
}

}  // namespace minamo
