// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "computedfield.h"

#include <QList>
#include <QString>

/// A file that is too large to be held in memory. It is sent as it is, in parts.
struct StreamedFile {
    QString path;
    qint64 bytes = 0; ///< its size when it was chosen

    bool operator==(const StreamedFile &) const = default;
};

/// A message that can be sent again and again: bytes, fields that are computed each time, and captures of the message
/// that it answers. Most messages are only bytes. Pure, cheap to copy; any thread.
class MessageTemplate
{
public:
    /// Stands for the bytes that a group of a regular expression has matched; \g{1} is the first group. Without
    /// withCaptures() for none.
    struct Capture {
        int group = 0; ///< 0: all that the expression has matched
    };

    MessageTemplate() = default;
    MessageTemplate(const QByteArray &bytes); ///< implicit, because most messages are this
    MessageTemplate(const char *text)         ///< UTF-8
        : MessageTemplate(QByteArray(text))
    {
    }
    MessageTemplate(const StreamedFile &file)
        : m_parts({file})
    {
    }

    void append(QByteArrayView bytes);
    void append(const ComputedField &field);
    void append(Capture capture);

    bool isEmpty() const { return m_parts.isEmpty(); } ///< it always gives no bytes
    const StreamedFile *file() const;                  ///< if it is one; then fill() gives nothing
    bool hasFields() const;
    bool hasCounter() const;
    bool hasCaptures() const;
    /// The same with bytes in the place of captures; a group that is missing gives none. Ends before the capture that
    /// would make the bytes more than maxBytes; isCut (if given) says so.
    MessageTemplate withCaptures(const QList<QByteArray> &captures, qsizetype maxBytes, bool *isCut = nullptr) const;
    QByteArray fill(const ComputedField::Values &values) const;

    using Part = std::variant<QByteArray, ComputedField, Capture, StreamedFile>;
    const QList<Part> &parts() const { return m_parts; } ///< no two byte arrays in a row, and none is empty
    /// A {length} of the message that does not have room for its number, as an index among its fields; or -1.
    int fieldWithoutRoom() const;

private:
    struct Lengths {
        QList<QByteArray> numbers; ///< for each part: its number, if it is a length
        int withoutRoom = -1;
    };
    Lengths lengths(const ComputedField::Values &values) const;

    QList<Part> m_parts;
};
