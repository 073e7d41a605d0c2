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

void MessageTemplate::append(Capture capture)
{
    m_parts.append(capture);
}

const StreamedFile *MessageTemplate::file() const
{
    return m_parts.size() == 1 ? std::get_if<StreamedFile>(&m_parts.constFirst()) : nullptr;
}

bool MessageTemplate::hasCaptures() const
{
    return std::ranges::any_of(m_parts, [](const Part &part) { return std::holds_alternative<Capture>(part); });
}

MessageTemplate MessageTemplate::withCaptures(const QList<QByteArray> &captures, qsizetype maxBytes, bool *isCut) const
{
    if (!hasCaptures())
        return *this;
    MessageTemplate filled;
    qsizetype bytes = 0;
    for (const Part &part : m_parts) {
        if (const auto *field = std::get_if<ComputedField>(&part)) {
            filled.append(*field);
            continue;
        }
        const auto *capture = std::get_if<Capture>(&part);
        const QByteArray more = capture ? captures.value(capture->group) : std::get<QByteArray>(part);
        bytes += more.size();
        if (bytes > maxBytes) {
            if (isCut)
                *isCut = true;
            break;
        }
        filled.append(more);
    }
    return filled;
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
    if (isEmpty())
        return {};
    if (const auto *bytes = std::get_if<QByteArray>(&m_parts.constFirst()); bytes && m_parts.size() == 1)
        return *bytes;
    const QList<QByteArray> numbers = lengths(values).numbers;
    QByteArray filled;
    for (qsizetype i = 0; i < m_parts.size(); ++i) {
        if (const auto *bytes = std::get_if<QByteArray>(&m_parts[i]))
            filled.append(*bytes);
        else if (const auto *field = std::get_if<ComputedField>(&m_parts[i]))
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
            const auto *known = std::get_if<QByteArray>(&m_parts[i]);
            behind += known ? known->size() : 0;
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
