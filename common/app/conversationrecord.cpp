// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "conversationrecord.h"

#include "conversationcapture.h"
#include "steps/sessionfolder.h"

#include <QFileInfo>
#include <QScopedValueRollback>

#include <utility>

ConversationRecord::ConversationRecord(Side side, Keeps keeps, QObject *parent, const SessionLimits &limits)
    : QObject(parent)
    , m_side(side)
    , m_keepsRecording(keeps == Keeps::SessionAndRecording)
    , m_hasSession(m_keepsRecording)
    , m_session(nullptr, limits)
    , m_recording([this](qsizetype row) { return m_session.at(row); })
{
    connect(&m_session, &SessionFile::failed, this, [this](const QString &sentence) {
        add(Step::event(m_side, StepKind::Session, sentence));
        emit sessionFailed(sentence);
    });
    connect(&m_session, &SessionFile::shortened, this, [this](const QString &sentence) {
        add(Step::event(m_side, StepKind::Limit, sentence));
        if (m_keepsRecording)
            m_journal.setKeptBytes(SessionFile::shortPayload);
        emit sessionShortened(sentence);
    });
}

ConversationRecord::~ConversationRecord()
{
    disconnect(&m_session, nullptr, this, nullptr); // writing the last lines may fail, and nobody is left to be told
}

void ConversationRecord::createSession(const QString &path)
{
    m_hasSession = true;
    if (!path.isEmpty()) {
        m_session.create(path);
        return;
    }
    const QString own = SessionFolder::newFile(m_side);
    if (m_session.create(own, SessionFile::Keep::IfUsed))
        SessionFolder::removeOld(QFileInfo(own).absolutePath());
}

void ConversationRecord::connectTo(ConversationCapture &capture)
{
    connect(this, &ConversationRecord::added, &capture, &ConversationCapture::take);
    if (!m_keepsRecording)
        return;
    connect(&capture, &ConversationCapture::began, &m_recording, &Recording::beginCapture);
    connect(&capture, &ConversationCapture::captured, &m_recording, [this](const std::vector<Segment> &segments) {
        m_recording.setCapturing(true);
        m_recording.addSegments(segments);
    });
    connect(&capture, &ConversationCapture::failed, &m_recording, [this] { m_recording.setCapturing(false); });
}

Journal::Batch ConversationRecord::takeBatch()
{
    Journal::Batch batch = m_journal.take();
    add(batch.steps);
    return batch;
}

void ConversationRecord::add(std::span<const Step> steps)
{
    if (m_isAdding) {
        m_waiting.insert(m_waiting.end(), steps.begin(), steps.end());
        return;
    }
    const QScopedValueRollback adding(m_isAdding, true);
    addAll(steps);
}

void ConversationRecord::addAll(std::span<const Step> steps)
{
    while (!steps.empty()) {
        const std::span<const Step> saved = steps.first(save(steps));
        if (m_keepsRecording) {
            m_recording.addSteps(saved);
            Q_ASSERT(m_recording.stepCount() == m_session.count());
        }
        for (const Step &step : saved)
            emit added(step);
        steps = steps.subspan(saved.size());
        if (!m_waiting.empty())
            addAll(std::exchange(m_waiting, {}));
    }
}

/// Returns how many steps are in the file: those before the session file had something to say.
size_t ConversationRecord::save(std::span<const Step> steps)
{
    for (size_t i = 0; m_hasSession && i < steps.size(); ++i) {
        m_session.append(steps[i]);
        if (!m_waiting.empty())
            return i + 1;
    }
    return steps.size();
}

#include "moc_conversationrecord.cpp"
