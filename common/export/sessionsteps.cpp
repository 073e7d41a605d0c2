// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "sessionsteps.h"

#include "base/plainfile.h"
#include "steps/sessionfile.h"
#include "steps/stepjson.h"

#include <QCoreApplication>

namespace {

struct SessionStepsStrings {
    Q_DECLARE_TR_FUNCTIONS(SessionSteps)
};

constexpr qsizetype shownBytes = 4096;
constexpr int cachedSteps = 256;

} // namespace

SessionSteps::SessionSteps(const QString &path, Remember remember)
    : m_file(path)
    , m_line(SessionFile::longestLine + 1, Qt::Uninitialized)
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

int SessionSteps::connectionOf(QByteArrayView line)
{
    // Inside a JSON string there would be a backslash before the quotes.
    constexpr QByteArrayView key = ",\"connection\":";
    const qsizetype at = line.indexOf(key);
    int connection = 0;
    for (qsizetype i = at + key.size(); at >= 0 && i < line.size() && line[i] >= '0' && line[i] <= '9'; ++i)
        connection = connection < 100'000'000 ? 10 * connection + (line[i] - '0') : 0;
    return connection;
}

/// Of one that is far too long to be a step, a piece.
QByteArrayView SessionSteps::readLine() const
{
    const qint64 size = m_file.readLine(m_line.data(), m_line.size());
    return QByteArrayView(m_line.constData(), std::max(size, qint64(0)));
}

QByteArrayView SessionSteps::nextLine()
{
    if (m_at >= m_end || (m_file.pos() != m_at && !m_file.seek(m_at)))
        return {};
    const QByteArrayView line = readLine();
    m_at = line.isEmpty() ? m_end : m_at + line.size();
    return line;
}

bool SessionSteps::next(Step &step)
{
    for (;;) {
        const qint64 place = m_at;
        const QByteArrayView line = nextLine();
        if (line.isEmpty())
            return false;
        const int connection = m_connection ? connectionOf(line) : 0;
        if (connection != 0 && connection != m_connection)
            continue;
        step = {};
        if (!StepJson::fromLine(line.trimmed(), step))
            continue;
        if (m_remember == Remember::Places)
            m_places.push_back(place);
        return true;
    }
}

int SessionSteps::nextConnection()
{
    for (QByteArrayView line = nextLine(); !line.isEmpty(); line = nextLine()) {
        if (const int connection = connectionOf(line); connection > 0)
            return connection;
    }
    return 0;
}

void SessionSteps::rewind()
{
    m_at = 0;
}

Step SessionSteps::at(qsizetype index) const
{
    if (const Step *known = m_cache.object(index))
        return *known;
    Step step;
    if (m_file.seek(m_places[size_t(index)]))
        StepJson::fromLine(readLine().trimmed(), step);
    step.payload.truncate(shownBytes);
    m_cache.insert(index, new Step(step));
    return step;
}
