// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "streamsearch.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

std::optional<QByteArray> StreamSearch::parse(const QString &text)
{
    if (!text.startsWith("hex:"_L1, Qt::CaseInsensitive))
        return text.toUtf8();
    static const QRegularExpression space(u"\\s+"_s);
    static const QRegularExpression pairs(u"^([0-9A-Fa-f]{2})*$"_s);
    QString digits = text.sliced(4);
    digits.remove(space);
    if (!pairs.match(digits).hasMatch())
        return {};
    return QByteArray::fromHex(digits.toLatin1());
}

std::optional<qint64> StreamSearch::find(const std::vector<StreamPart> &parts, const QByteArray &bytes, bool isBackward)
{
    const auto inPart = [&](const StreamPart &part) -> std::optional<qint64> {
        const qsizetype at = isBackward ? part.bytes.lastIndexOf(bytes) : part.bytes.indexOf(bytes);
        return at < 0 ? std::nullopt : std::optional(part.place + at);
    };
    for (size_t i = 0; i < parts.size(); ++i) {
        if (const auto found = inPart(parts[isBackward ? parts.size() - 1 - i : i]))
            return found;
    }
    return {};
}
