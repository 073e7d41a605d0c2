// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <random>

/// Random decisions from a seed that is printed, so that a run can be repeated. (The scheduling of threads is not
/// repeated.)
class Dice
{
public:
    explicit Dice(quint64 seed)
        : m_engine(seed)
    {
    }

    qint64 upTo(qint64 most) { return std::uniform_int_distribution<qint64>(0, most)(m_engine); }
    bool oneIn(int n) { return upTo(n - 1) == 0; }

    template<typename T>
    T oneOf(std::initializer_list<T> values)
    {
        return *(values.begin() + upTo(qint64(values.size()) - 1));
    }

    /// A message size in bytes: mostly small, up to 17 MiB, which exceeds the limit of one message.
    qsizetype size()
    {
        if (oneIn(150))
            return upTo(qint64(17) * 1024 * 1024);
        return oneIn(20) ? upTo(qint64(256) * 1024) : upTo(200);
    }

private:
    std::mt19937_64 m_engine;
};

/// Creates a message of that size. The size alone determines its content, which contains no terminator.
inline QByteArray messageOfSize(qsizetype size)
{
    constexpr qsizetype period = 251;
    static const QByteArray bytes = [] {
        QByteArray block;
        for (qsizetype i = 0; i < 4096 * period; ++i) {
            const auto byte = char((i * 7 + i / period) % 256);
            block.append(byte == '\0' || byte == '\n' ? 'n' : byte);
        }
        return block;
    }();
    QByteArray message;
    message.reserve(size);
    for (qsizetype from = size % bytes.size(); message.size() < size; from = 0)
        message.append(QByteArrayView(bytes).sliced(from).first(qMin(bytes.size() - from, size - message.size())));
    return message;
}
