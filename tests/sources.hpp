// The project's own sources, for the tests of its shape.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace minamo::shape {

struct Source {
    std::string path;  // from the root, with '/'
    std::vector<std::string> lines;
};

inline std::vector<std::string> read_lines(const std::filesystem::path& path) {
    std::ifstream in(path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

// All .cpp and .hpp files.
inline const std::vector<Source>& sources() {
    static const std::vector<Source> all = [] {
        const std::filesystem::path root = MINAMO_SOURCE_DIR;
        std::vector<Source> out;
        for (const char* folder :
             {"include", "grammar", "storage", "emulator", "conformance", "command_line", "tests"}) {
            for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
                const std::string extension = entry.path().extension().string();
                if (extension != ".cpp" && extension != ".hpp") continue;
                out.push_back({entry.path().lexically_relative(root).generic_string(), read_lines(entry.path())});
            }
        }
        return out;
    }();
    return all;
}

}  // namespace minamo::shape
