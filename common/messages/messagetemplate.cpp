// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "messagetemplate.h"

#include <algorithm>

MessageTemplate::MessageTemplate(const QByteArray &bytes)
{
    if (!bytes.isEmpty())
        m_parts.append(bytes);
}

void MessageTemplate::append(QByteArrayView bytes)
{
    if (bytes.isEmpty())
        return;
    if (m_parts.isEmpty() || !std::holds_alternative<QByteArray>(m_parts.constLast()))
        m_parts.append(QByteArray());
    std::get<QByteArray>(m_parts.last()).append(bytes);
}

void MessageTemplate::append(const ComputedField &field)
{
    m_parts.append(field);
}

bool MessageTemplate::hasFields() const
{
    return std::ranges::any_of(m_parts, [](const Part &part) { return std::holds_alternative<ComputedField>(part); });
}

bool MessageTemplate::hasCounter() const
{
    return std::ranges::any_of(m_parts, [](const Part &part) {
        const auto *field = std::get_if<ComputedField>(&part);
        return field && field->isCounter();
    });
}

QByteArray MessageTemplate::fill(const ComputedField::Values &values) const
{
    if (!hasFields())
        return isEmpty() ? QByteArray() : std::get<QByteArray>(m_parts.constFirst());
    const QList<QByteArray> numbers = lengths(values).numbers;
    QByteArray filled;
    for (qsizetype i = 0; i < m_parts.size(); ++i) {
        const auto *field = std::get_if<ComputedField>(&m_parts[i]);
        if (!field)
            filled.append(std::get<QByteArray>(m_parts[i]));
        else
            filled.append(field->isLength() ? numbers[i] : field->compute(filled, 0, values));
    }
    return filled;
}

/// From the end to the beginning, because a length counts what stands behind it.
MessageTemplate::Lengths MessageTemplate::lengths(const ComputedField::Values &values) const
{
    Lengths lengths;
    lengths.numbers.resize(m_parts.size());
    qint64 behind = 0;
    auto fieldIndex = int(
        std::ranges::count_if(m_parts, [](const Part &part) { return std::holds_alternative<ComputedField>(part); }));
    for (qsizetype i = m_parts.size() - 1; i >= 0; --i) {
        const auto *field = std::get_if<ComputedField>(&m_parts[i]);
        if (!field) {
            behind += std::get<QByteArray>(m_parts[i]).size();
            continue;
        }
        --fieldIndex;
        const QByteArray bytes =
            field->compute({}, behind, values); // its size does not depend on what stands before it
        if (field->isLength()) {
            lengths.numbers[i] = bytes;
            if (!field->fits(behind))
                lengths.withoutRoom = fieldIndex;
        }
        behind += bytes.size();
    }
    return lengths;
}

int MessageTemplate::fieldWithoutRoom() const
{
    return lengths({}).withoutRoom;
}
