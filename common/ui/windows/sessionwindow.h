// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "filewindow.h"
#include "ladder/recording.h"
#include "steps/sessionfile.h"
#include "steps/sessionreader.h"

#include <deque>

class ConnectionCombo;
class ConversationPane;
class GrowingList;
struct FileLook;
class SequencePane;

/// Shows a saved session: its steps and their details, and one of its connections as a ladder. Reads the connections,
/// and the steps of the shown one, in the background; the steps only when the ladder is visible.
class SessionWindow : public FileWindow
{
    Q_OBJECT
public:
    explicit SessionWindow(const FileLook &look, QWidget *parent = nullptr);
    ~SessionWindow() override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
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
    std::deque<quint32> m_rows; ///< rows in the file, by the index of the recording's step
    Recording m_recording;      ///< of the connection that is shown
    int m_shown = 0;            ///< its number
    ConnectionCombo *m_combo;
    GrowingList *m_list;
    ConversationPane *m_pane;
    SequencePane *m_sequence;
};
