// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/commandline.h"
#include "base/throttle.h"
#include "conversation/journal.h"
#include "ladder/recording.h"
#include "steps/sessionfile.h"
#include "ui/status/controls.h"
#include "ui/tools/icons.h"

#include <QHash>
#include <QMainWindow>

#include <map>
#include <memory>

class CaptureControl;
class ConnectionBar;
class Conversation;
class ConversationForm;
class ConversationPane;
class KernelMonitor;
class MessageRow;
class NetworkThread;
class StatusLine;
class QPushButton;
class SequencePane;
class WirePane;

/// The frame that server and client windows share, and the joints between its parts: what the network thread reports
/// goes through the session file into the log, the newest state of things decides about the buttons, and commands go to
/// the conversation on its thread. Owns all of these. Closing it ends the conversation first, and
/// takes the session windows along.
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

    Journal &journal() { return m_journal; }
    StatusLine &status() { return *m_status; }
    CaptureControl &capture() { return *m_capture; }
    MessageRow &messageRow() { return *m_messageRow; }

    /// Start, Stop, Connect or Cancel: what the main button does now.
    virtual void perform(Controls::Action action) = 0;
    /// After each step that was logged, for notices of the window's own.
    virtual void stepLogged(const Step &step) = 0;
    virtual void activityChanged(const Activity &activity) = 0;
    /// Adds what the window itself knows to the state.
    virtual void completeState(WindowState &state) const;

    void updateControls();
    void pressMain(); ///< if it begins something; where the form is wrong, says so instead

public:
    void quitAtOnce(); ///< without a question; what has not left after a second is dropped

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    enum class Quit { No, Waiting, Begun, Done };

    void createParts(ConversationForm *form, const QString &emptyText);
    void createMenus();
    void connectParts();
    void openSession();
    void log(const std::vector<Step> &steps);
    void takeBatch();
    void showNews();
    void updatePartialNotice(const ConnectionStatus &status);
    void showKernel();
    std::optional<TcpState> inferredState(Side side) const; ///< of an end of the selected connection
    void press(Controls::Action action);
    void begin();
    void showActivity();
    void showPrimary();
    void askBeforeQuit(qint64 unsentBytes);
    void quit(Quit how);
    void finishQuit();
    void closeNow();
    void restoreSettings();
    void saveSettings();
    std::optional<ConnectionStatus> selected() const;
    template<typename F>
    void command(F f); ///< f(conversation, id of the selected connection), over there

    Side m_side;
    CommonOptions m_options;
    Journal m_journal;
    SessionFile m_session;
    Recording m_recording;                  ///< of the same steps
    Throttle m_take;                        ///< what has happened, out of the journal
    Throttle m_show;                        ///< what is new of connections
    std::map<int, ConnectionStatus> m_news; ///< which is not shown yet
    ConversationForm *m_form = nullptr;
    ConnectionBar *m_bar = nullptr;
    KernelMonitor *m_kernel;
    ConversationPane *m_pane = nullptr;
    SequencePane *m_sequence = nullptr;
    WirePane *m_wire = nullptr;
    MessageRow *m_messageRow;
    StatusLine *m_status;
    CaptureControl *m_capture;
    QPushButton *m_main = nullptr;
    std::pair<Icons::Shape, bool> m_mainLook; ///< what stands on it, and whether it is the primary one
    Activity m_activity;
    Controls m_controls;
    QHash<int, QString> m_partialNoticed; ///< what was told of waiting bytes, by connection
    Quit m_quit = Quit::No;
    bool m_wasShown = false;
    Conversation *m_conversation = nullptr;
    std::unique_ptr<NetworkThread> m_thread;
};
