// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QStringView>

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>

/// Appends JSON to a line. Short texts are collected in a buffer first, because growing a QByteArray for each of them
/// costs more than the texts themselves.
class LineWriter
{
public:
    explicit LineWriter(QByteArray &line)
        : m_line(line)
    {
    }
    ~LineWriter() { line(); }
    Q_DISABLE_COPY_MOVE(LineWriter)

    /// Returns the line with everything added so far, so that callers can append long texts directly.
    QByteArray &line()
    {
        m_line.append(m_text.data(), qsizetype(std::exchange(m_size, 0)));
        return m_line;
    }

    LineWriter &add(char character)
    {
        if (m_size == m_text.size())
            line();
        m_text[m_size++] = character;
        return *this;
    }

    LineWriter &add(std::string_view text)
    {
        if (text.size() > m_text.size() - m_size)
            line();
        if (text.size() > m_text.size()) {
            m_line.append(text.data(), qsizetype(text.size()));
        } else {
            std::copy(text.begin(), text.end(), m_text.data() + m_size);
            m_size += text.size();
        }
        return *this;
    }

    LineWriter &add(qint64 number, size_t digits = 1)
    {
        std::array<char, 24> text; // NOLINT(cppcoreguidelines-pro-type-member-init): is written by what follows
        const char *const end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
        const auto length = size_t(end - text.data());
        for (size_t i = length; i < digits; ++i)
            add('0');
        return add(std::string_view(text.data(), length));
    }

    /// Adds a JSON string, and escapes everything that could harm a terminal. Returns false and adds nothing if bytes
    /// are not valid UTF-8.
    bool addString(QByteArrayView bytes);
    void addString(QStringView text);

private:
    QByteArray &m_line;
    std::array<char, 256> m_text; // NOLINT(cppcoreguidelines-pro-type-member-init): m_size says how much of it is text
    size_t m_size = 0;
};
