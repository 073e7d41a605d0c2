// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

/// The function that a fuzzer calls for each input; every fuzz_<name>.cpp defines it.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

namespace Fuzz {

/// The bytes of one input, read from the front. At the end of the input, functions return zeros, or fewer bytes.
class Input
{
public:
    Input(const uint8_t *data, size_t size)
        : m_rest(reinterpret_cast<const char *>(data), qsizetype(size))
    {
    }

    bool isEmpty() const { return m_rest.isEmpty(); }
    QByteArrayView rest() const { return m_rest; }

    int byte() { return isEmpty() ? 0 : uchar(bytes(1).front()); }

    QByteArrayView bytes(qsizetype most)
    {
        const QByteArrayView taken = m_rest.first(std::min(most, m_rest.size()));
        m_rest = m_rest.sliced(taken.size());
        return taken;
    }

private:
    QByteArrayView m_rest;
};

/// Ends the process if a condition does not hold. A fuzzer reports that as a finding.
inline void check(bool holds, const char *what)
{
    if (holds)
        return;
    std::fprintf(stderr, "Does not hold: %s\n", what);
    std::abort();
}

} // namespace Fuzz
