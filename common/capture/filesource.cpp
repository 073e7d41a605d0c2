// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "filesource.h"

namespace {

constexpr int growMs = 50;    ///< between two checks whether the file has grown
constexpr int cutChecks = 20; ///< a file that has not grown meanwhile is complete, or cut

} // namespace

FileSource::FileSource(const QString &path, SegmentQueue &queue)
    : CaptureSource(queue)
    , m_path(path)
    , m_file(path)
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &FileSource::readOn);
    connect(&queue, &SegmentQueue::drained, this, [this] {
        if (std::exchange(m_waits, false))
            m_timer.start(0);
    });
}

void FileSource::start()
{
    readOn();
}

CaptureFile::State FileSource::read()
{
    std::vector<Segment> segments;
    const CaptureFile::State state = m_file.read(CaptureFile::packetsAtOnce, segments);
    queue().add(std::move(segments));
    return state;
}

/// A program that still writes the file may be in the middle of a packet.
LeftOut FileSource::leftOut() const
{
    LeftOut all = m_file.leftOut();
    if (m_checksAtEnd >= cutChecks)
        all.setEnd(m_file.sentence());
    return all;
}

void FileSource::readOn()
{
    const quint32 before = m_file.packets();
    const CaptureFile::State state = read();
    m_checksAtEnd = state == CaptureFile::State::End && m_file.packets() == before ? m_checksAtEnd + 1 : 0;
    if (state == CaptureFile::State::Broken) {
        tellLeftOut(m_file.leftOut());
        emit failed({.isOfFile = true, .reason = m_file.sentence()});
        return;
    }
    m_waits = queue().isFull();
    if (!m_waits)
        m_timer.start(state == CaptureFile::State::End ? growMs : 0);
    if (!std::exchange(m_hasStarted, true))
        emit started(m_path, m_file.contentPath()); // from now on it may be stopped
    tellLeftOut(leftOut());
}

/// Reads what is in the file now, but not forever: the file may grow faster than it is read, and a pipe may never end.
void FileSource::stop()
{
    m_timer.stop();
    m_waits = false;
    const quint32 before = m_file.packets();
    for (quint32 last = before - 1; last != m_file.packets() && last - before + 1 < CaptureFile::packetsAtOnce;) {
        last = m_file.packets();
        read();
    }
    tellLeftOut(leftOut());
    emit ended();
}

#include "moc_filesource.cpp"
