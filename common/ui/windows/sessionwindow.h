// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/sessionreader.h"
#include "filewindow.h"
#include "ladder/recording.h"

#include <deque>

class ConnectionCombo;
class ConversationPane;
class GrowingList;
struct FileLook;
class SequencePane;

/// A session of before, to read: its steps and their details, and one of its connections as a ladder. The connections, and
/// the steps of the one that is shown, are read in the background, the steps only once the ladder is to be seen.
class SessionWindow : public FileWindow
{
    Q_OBJECT
public:
    explicit SessionWindow(const FileLook &look, QWidget *parent = nullptr);
    ~SessionWindow() override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Connection {
        int number = 0;
        quint32 firstRow = 0;
    };

    void createViews();
    void fileGrown();
    void takeConnections(const SessionReader::Batch &batch);
    void showConnection();
    void readShown();
    void takeSteps(const SessionReader::Batch &batch);
    QString connectionName(const Connection &connection) const;
    StepRow stepOfRow(qsizetype row) const;

    SessionFile m_file;
    SessionReader m_connectionReader;
    SessionReader m_stepReader;
    std::vector<Connection> m_connections;
    std::deque<quint32> m_rows; ///< in the file, of the recording's steps
    Recording m_recording;      ///< of the connection that is shown
    int m_shown = 0;            ///< its number
    ConnectionCombo *m_combo;
    GrowingList *m_list;
    ConversationPane *m_pane;
    SequencePane *m_sequence;
};
