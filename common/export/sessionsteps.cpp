// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "sessionsteps.h"

#include "base/plainfile.h"
#include "steps/stepjson.h"
#include "steps/stepline.h"

#include <QCoreApplication>

#include <algorithm>

namespace {

struct SessionStepsStrings {
    Q_DECLARE_TR_FUNCTIONS(SessionSteps)
};

constexpr qint64 readBytes = qint64(256) * 1024;
constexpr qint64 lineBytes = qint64(16) * 1024; ///< most lines are shorter
constexpr qsizetype shownBytes = 4096;
constexpr int cachedSteps = 256;

} // namespace

SessionSteps::SessionSteps(const QString &path, Remember remember)
    : m_file(path)
    , m_remember(remember)
    , m_cache(cachedSteps)
{
}

QString SessionSteps::open()
{
    const QString reason = PlainFile::open(m_file);
    m_end = reason.isEmpty() ? m_file.size() : 0;
    return reason.isEmpty() ? QString() : SessionStepsStrings::tr("Cannot read %1: %2.").arg(m_file.fileName(), reason);
}

bool SessionSteps::nextLine(QByteArrayView &line)
{
    while (!m_lines.next(line)) {
        const qint64 wanted = std::min(readBytes, m_end - m_read);
        const QByteArray more = wanted > 0 && m_file.seek(m_read) ? m_file.read(wanted) : QByteArray();
        if (more.isEmpty() && m_lines.rest().isEmpty())
            return false;
        m_read += more.size();
        m_lines.feed(more.isEmpty() ? QByteArrayLiteral("\n") : more); // the last line may have no newline
    }
    return true;
}

QByteArray SessionSteps::lineAt(qint64 offset) const
{
    LineSplitter splitter;
    QByteArrayView line;
    if (!m_file.seek(offset))
        return {};
    do {
        const QByteArray more = m_file.read(lineBytes);
        if (more.isEmpty())
            return splitter.rest().toByteArray();
        splitter.feed(more);
    } while (!splitter.next(line));
    return line.toByteArray();
}

bool SessionSteps::next(Step &step)
{
    QByteArrayView line;
    for (qint64 place = m_lines.offset(); nextLine(line); place = m_lines.offset()) {
        const int connection = m_connection ? StepLine::connectionOf(line) : 0;
        if (connection != 0 && connection != m_connection)
            continue;
        step = {};
        if (!StepJson::fromLine(line.trimmed(), step))
            continue;
        if (m_remember == Remember::Places)
            m_places.push_back(place);
        return true;
    }
    return false;
}

int SessionSteps::nextConnection()
{
    for (QByteArrayView line; nextLine(line);) {
        if (const int connection = StepLine::connectionOf(line); connection > 0)
            return connection;
    }
    return 0;
}

void SessionSteps::rewind()
{
    m_lines = {};
    m_read = 0;
}

Step SessionSteps::at(qsizetype index) const
{
    if (const Step *known = m_cache.object(index))
        return *known;
    Step step;
    StepJson::fromLine(QByteArrayView(lineAt(m_places[size_t(index)])).trimmed(), step);
    step.payload.truncate(shownBytes);
    m_cache.insert(index, new Step(step));
    return step;
}
