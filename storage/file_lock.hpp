// An flock on a file beside a store's, held while the store is open: a second process finds it taken. The file stays.
#pragma once

#include <string>

#include <tl/expected.hpp>

#include "storage/faults.hpp"

namespace minamo::storage {

class FileLock {
public:
    FileLock() = default;  // holds nothing
    ~FileLock();
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;

    // Takes the lock of the store at `path`.
    static tl::expected<FileLock, OpenFault> take(const std::string& path);
    // Whether its file was not there before.
    bool made() const { return made_; }
    // Gives it back, and removes its file if take() made it: the store was not opened.
    void undo();

private:
    int descriptor_ = -1;
    bool made_ = false;
    std::string path_;
};

}  // namespace minamo::storage
