// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "filesource.h"

namespace {

constexpr int growMs = 50; ///< between two checks whether the file has grown

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

void FileSource::readOn()
{
    const CaptureFile::State state = read();
    if (state == CaptureFile::State::Broken) {
        emit failed({.reason = m_file.sentence()});
        return;
    }
    m_waits = queue().isFull();
    if (!m_waits)
        m_timer.start(state == CaptureFile::State::End ? growMs : 0);
    if (!std::exchange(m_hasStarted, true))
        emit started(m_path); // from now on it may be stopped
}

/// Reads what is in the file now, but not forever: the file may grow faster than it is read.
void FileSource::stop()
{
    m_timer.stop();
    m_waits = false;
    const quint32 before = m_file.packets();
    while (read() == CaptureFile::State::More && m_file.packets() - before < quint32(CaptureFile::packetsAtOnce)) { }
    emit ended();
}

#include "moc_filesource.cpp"
