// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/journal.h"
#include "ladder/recording.h"
#include "steps/sessionfile.h"

#include <span>

class ConversationCapture;

/// Everything that is recorded of a conversation: its journal is emptied here, its steps go into the session file
/// and, for what shows them, into a Recording. A step has the same row in the file and index in the recording,
/// because nothing else adds steps to either. Owned by a window or a headless run; lives on that thread, and outlives
/// the network thread.
///
/// Adds one step at a time: steps that are added in a slot of a signal from here, or while the session file reports
/// an error, come directly after the step that is being added.
class ConversationRecord : public QObject
{
    Q_OBJECT
public:
    enum class Keeps {
        Session,             ///< without a session file: nothing
        SessionAndRecording, ///< for windows; without a session file, the newest steps are kept in memory
    };
    ConversationRecord(Side side, Keeps keeps, QObject *parent = nullptr, const SessionLimits &limits = {});
    ~ConversationRecord() override; ///< writes the rest of the session file

    Side side() const { return m_side; }
    Journal &journal() { return m_journal; } ///< for the conversation
    const SessionFile &session() const { return m_session; }
    Recording &recording() { return m_recording; }
    const Recording &recording() const { return m_recording; }

    /// As SessionFile::create(). An empty path: a new file in SessionFolder, which is kept only if it is used.
    void createSession(const QString &path);
    void flush() { m_session.flush(); }
    /// Passes steps on to the capture, and its segments on to the recording.
    void connectTo(ConversationCapture &capture);

    Journal::Batch takeBatch(); ///< out of the journal; its steps are added
    void add(std::span<const Step> steps);
    void add(const Step &step) { add(std::span(&step, 1)); }

signals:
    void added(const Step &step);
    /// Sentences of the session file, which have been added as events: steps are no longer saved; messages are saved
    /// only in part.
    void sessionFailed(const QString &sentence);
    void sessionShortened(const QString &sentence);

private:
    void addAll(std::span<const Step> steps);
    size_t save(std::span<const Step> steps);

    const Side m_side;
    const bool m_keepsRecording;
    bool m_hasSession;
    bool m_isAdding = false;
    std::vector<Step> m_waiting; ///< to be added next
    Journal m_journal;
    SessionFile m_session;
    Recording m_recording;
};
