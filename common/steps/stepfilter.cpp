// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stepfilter.h"

#include "shortevent.h"
#include "stepline.h"

bool StepFilter::acceptsKind(const Step &step) const
{
    switch (kind) {
    case Kind::Messages:
        return step.isMessage();
    case Kind::Sent:
        return step.kind == StepKind::Send;
    case Kind::Received:
        return step.kind == StepKind::Recv;
    case Kind::Events:
        return step.isEvent();
    case Kind::All:
        break;
    }
    return true;
}

bool StepFilter::accepts(const Step &step) const
{
    if ((!showEvents && step.isEvent()) || (connection > 0 && step.connection != connection) || !acceptsKind(step))
        return false;
    if (pattern.isEmpty() && sought.isEmpty())
        return true;
    const QString start = StepText::connection(step) + u' ';
    const QString line = start + StepText::line(step);
    // An event is found by what its row says and by its sentence.
    const QString shown = step.isEvent() ? start + StepText::shortLine(step).text : QString();
    const auto has = [&line, &shown](const TextPattern &wanted) {
        return wanted.isEmpty() || wanted.isIn(line) || (!shown.isEmpty() && wanted.isIn(shown));
    };
    return has(pattern) && has(sought);
}

bool StepFilter::mayAccept(QByteArrayView line) const
{
    const bool numberedOnly = !showEvents || (kind != Kind::All && kind != Kind::Events);
    if (numberedOnly && StepLine::isSurelyEvent(line))
        return false;
    return connection == 0 || StepLine::connectionOf(line) == connection;
}
