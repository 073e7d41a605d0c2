// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "computedfield.h"

#include <QList>

/// A message that can be sent again and again: bytes, and fields that are computed each time. Most messages are only
/// bytes. Pure, cheap to copy; any thread.
class MessageTemplate
{
public:
    MessageTemplate() = default;
    MessageTemplate(const QByteArray &bytes); ///< implicit, because most messages are this
    MessageTemplate(const char *text)         ///< UTF-8
        : MessageTemplate(QByteArray(text))
    {
    }

    void append(QByteArrayView bytes);
    void append(const ComputedField &field);

    bool isEmpty() const { return m_parts.isEmpty(); } ///< it always gives no bytes
    bool hasFields() const;
    bool hasCounter() const;
    QByteArray fill(const ComputedField::Values &values) const;

    using Part = std::variant<QByteArray, ComputedField>;
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
