// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/commandline.h"
#include "app/conversationrecord.h"
#include "base/throttle.h"
#include "partialnotices.h"
#include "ui/status/controls.h"

#include <QMainWindow>

#include <map>
#include <memory>
#include <optional>

class CaptureControl;
class ConnectionBar;
class ConnectionCommands;
class Conversation;
class ConversationControls;
class ConversationForm;
class ConversationViews;
class KernelDisplay;
class LinkStrip;
class MessageRow;
class NetworkThread;
class QPushButton;
class QuitSequence;
class StatusLine;
class WindowLink;

/// What server and client windows share, and the connections between its parts: what the network thread reports goes
/// through the record into the views, the newest state decides which buttons are enabled, and commands go to the
/// conversation on its thread. Owns all of these. When it is closed, it ends the conversation first, and closes the
/// file windows too.
class ConversationWindow : public QMainWindow
{
    Q_OBJECT
public:
    ~ConversationWindow() override;

protected:
    ConversationWindow(Side side, const CommonOptions &options, QWidget *parent);

    /// The last part of construction: mainButton is in the form or in the message row.
    void setUp(std::unique_ptr<Conversation> conversation, ConversationForm *form, QPushButton *mainButton,
               const QString &emptyText);

    Journal &journal() { return m_record.journal(); }
    const Recording &recording() const { return m_record.recording(); }
    StatusLine &status() { return *m_status; }
    CaptureControl &capture() { return *m_capture; }
    MessageRow &messageRow() const { return *m_messageRow; }
    ConversationControls &controls() { return *m_controls; } ///< after setUp()
    ConnectionCommands &commands() { return *m_commands; }   ///< after setUp()

    /// Start, Stop, Connect or Cancel: what the main button does now.
    virtual void perform(Controls::Action action) = 0;
    /// After each step that was added to the record, for notices of the window's own.
    virtual void stepLogged(const Step &step) = 0;
    virtual void activityChanged(const Activity &activity) = 0;
    /// Adds what the window itself knows to the state.
    virtual void completeState(WindowState & /*state*/) const { }

    void updateControls();
    void pressMain(); ///< if it starts something; if the form is wrong, shows what is wrong instead

public:
    void quitAtOnce(); ///< as QuitSequence

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    void createParts(const QString &emptyText);
    void createControls(QPushButton &mainButton);
    void createMenus();
    void connectRecord();
    void connectControls();
    void takeBatch();
    void showNews();
    void begin();
    void showActivity();
    void finishQuit();
    void restoreSettings();
    void saveSettings();
    std::optional<ConnectionStatus> selected() const;

    const Side m_side;
    const CommonOptions m_options;
    ConversationRecord m_record;
    Throttle m_take;                        ///< takes what has happened out of the journal
    Throttle m_show;                        ///< shows what is new of connections
    std::map<int, ConnectionStatus> m_news; ///< which is not shown yet
    ConversationForm *m_form = nullptr;
    ConnectionBar *m_bar = nullptr;
    KernelDisplay *m_kernel = nullptr;
    ConversationViews *m_views = nullptr;
    MessageRow *m_messageRow;
    StatusLine *m_status;
    CaptureControl *m_capture;
    ConversationControls *m_controls = nullptr;
    std::optional<PartialNotices> m_partialNotices;
    Activity m_activity;
    bool m_wasShown = false;
    Conversation *m_conversation = nullptr;
    ConnectionCommands *m_commands = nullptr;
    LinkStrip *m_link = nullptr;
    WindowLink *m_lab = nullptr; ///< null: there is no link
    QuitSequence *m_quit = nullptr;
    std::unique_ptr<NetworkThread> m_thread;
};
