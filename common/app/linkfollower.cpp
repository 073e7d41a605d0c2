// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "linkfollower.h"

#include "ladder/recording.h"

#include <algorithm>
#include <iterator>

namespace {

constexpr size_t segmentsInATurn = 300; ///< so that the window does not stall when thousands come

} // namespace

LinkFollower::LinkFollower(LinkClient &link, Recording &recording, QObject *parent)
    : QObject(parent)
    , m_link(link)
    , m_recording(recording)
{
    connect(&link, &LinkClient::stateChanged, this, &LinkFollower::begin);
    connect(&link, &LinkClient::refused, this, &LinkFollower::settle);
    connect(&link, &LinkClient::gone, this, [this] {
        miss();
        m_recording.setCapturing(false);
    });
    connect(&link, &LinkClient::recordingBegan, this,
            [this](const std::array<QString, 2> &files, const std::array<quint32, 2> &frames) {
                m_recording.beginLink({files[0], files[1]});
                m_recording.setCapturing(true);
                for (const Side end : bothSides)
                    follow(end, files.at(size_t(end)), frames.at(size_t(end)));
            });
    connect(&link, &LinkClient::reported, this, [this](const std::vector<LinkReport> &reports) {
        if (m_recording.link())
            m_recording.addLinkReports(reports);
    });
    connect(&link, &LinkClient::missed, this, &LinkFollower::miss);
    begin();
}

void LinkFollower::begin()
{
    if (m_link.isConnected() && !std::exchange(m_hasBegun, true))
        m_link.record();
}

/// What the link does is not known any more, for a while or for good.
void LinkFollower::miss()
{
    if (m_recording.link())
        m_recording.missLinkReports();
    settle();
}

void LinkFollower::follow(Side end, const QString &path, quint32 frames)
{
    m_skipped.at(size_t(end)) = frames;
    auto &capture = m_captures.at(size_t(end));
    capture = std::make_unique<Capture>();
    connect(capture.get(), &Capture::filled, this, [this, end] { take(end); });
    connect(capture.get(), &Capture::failed, this, &LinkFollower::settle);
    connect(capture.get(), &Capture::started, this, [this] {
        if (++m_started == int(m_captures.size()))
            settle();
    });
    capture->follow(path);
}

void LinkFollower::take(Side end)
{
    const quint32 skipped = m_skipped.at(size_t(end));
    std::deque<Segment> &waiting = m_waiting.at(size_t(end));
    const bool wasEmpty = waiting.empty();
    std::ranges::copy_if(m_captures.at(size_t(end))->take(), std::back_inserter(waiting),
                         [skipped](const Segment &segment) { return segment.frame > skipped; });
    if (wasEmpty)
        showNext(end);
}

void LinkFollower::showNext(Side end)
{
    std::deque<Segment> &waiting = m_waiting.at(size_t(end));
    const auto count = qsizetype(std::min(waiting.size(), segmentsInATurn));
    m_recording.addLinkSegments(end, {waiting.begin(), waiting.begin() + count});
    waiting.erase(waiting.begin(), waiting.begin() + count);
    if (!waiting.empty())
        QMetaObject::invokeMethod(
            this, [this, end] { showNext(end); }, Qt::QueuedConnection);
}

void LinkFollower::settle()
{
    if (!std::exchange(m_isSettled, true))
        emit settled();
}

#include "moc_linkfollower.cpp"
