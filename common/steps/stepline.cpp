// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stepline.h"

#include "stepjson.h"

#include <algorithm>

namespace {

// Inside a JSON string there would be a backslash before the quotes.
constexpr QByteArrayView connectionName = ",\"connection\":";
constexpr qsizetype lineHead = 512; ///< bytes of a line that have all fields before a message's text

int numberAt(QByteArrayView line, qsizetype from)
{
    int number = 0;
    for (qsizetype i = from; i < line.size() && line[i] >= '0' && line[i] <= '9'; ++i)
        number = number < 100'000'000 ? 10 * number + (line[i] - '0') : 0;
    return number;
}

} // namespace

Step StepLine::event(const QString &sentence)
{
    Step step;
    step.kind = StepKind::Error;
    step.detail = sentence;
    return step;
}

Step StepLine::toStep(QByteArrayView line, qsizetype row)
{
    Step step;
    if (!StepJson::fromLine(line, step))
        return event(tr("Line %1 of the session file is not a step").arg(row + 1));
    return step;
}

bool StepLine::isSurelyEvent(QByteArrayView line)
{
    return line.contains(",\"event\":\"");
}

bool StepLine::isSurelyNumbered(QByteArrayView line)
{
    return line.contains(",\"kind\":\"");
}

int StepLine::connectionOf(QByteArrayView line)
{
    const qsizetype at = line.indexOf(connectionName);
    return at < 0 ? 0 : numberAt(line, at + connectionName.size());
}

int StepLine::ConnectionFinder::connectionOf(QByteArrayView line)
{
    qsizetype at = m_at;
    if (line.size() < at || !line.sliced(at).startsWith(connectionName))
        at = line.first(std::min(line.size(), lineHead)).indexOf(connectionName);
    if (at < 0)
        return 0;
    m_at = at;
    return numberAt(line, at + connectionName.size());
}
