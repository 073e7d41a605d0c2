// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "input.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

/// Replaces the fuzzer: runs the target once on each file, and on each file in each folder, that the command line
/// names.
int main(int argc, char **argv)
{
    namespace fs = std::filesystem;
    std::vector<fs::path> files;
    for (const fs::path &path : std::vector<fs::path>(argv + 1, argv + argc)) {
        if (fs::is_directory(path))
            std::copy(fs::directory_iterator(path), fs::directory_iterator(), std::back_inserter(files));
        else
            files.push_back(path);
    }
    for (const fs::path &path : files) {
        std::ifstream file(path, std::ios::binary);
        Fuzz::check(file.is_open(), path.c_str());
        const std::vector<char> bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
        LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size());
    }
    return files.empty() ? 1 : 0;
}
