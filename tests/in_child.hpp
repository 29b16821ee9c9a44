// What a test does in a process of its own: it may die there, or set limits that nothing takes back.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

namespace minamo {

// What `body` returns in a child process, 99 where it throws, or minus the signal that ended it. The child must not use
// a store of its parent.
template <class Body>
int in_child(Body&& body) {
    const pid_t child = fork();
    if (child == 0) {
        std::signal(SIGABRT, SIG_DFL);  // not the handler of the test runner
        std::fclose(stderr);
        int result = 99;
        try {
            result = body();
        } catch (...) {
        }
        _exit(result);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace minamo
