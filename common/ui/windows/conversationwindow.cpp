// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "conversationwindow.h"

#include "app/networkthread.h"
#include "connectioncommands.h"
#include "conversation/conversation.h"
#include "conversationcontrols.h"
#include "conversationviews.h"
#include "filewindow.h"
#include "helpwindows.h"
#include "kerneldisplay.h"
#include "quitsequence.h"
#include "recordnotices.h"
#include "sessionmenu.h"
#include "ui/forms/conversationform.h"
#include "ui/forms/messagerow.h"
#include "ui/link/linkstrip.h"
#include "ui/presets/presetsender.h"
#include "ui/status/connectionbar.h"
#include "ui/status/statetext.h"
#include "ui/status/statusline.h"
#include "ui/steps/logpane.h"
#include "ui/tools/uitools.h"
#include "ui/wire/capturecontrol.h"
#include "windowlink.h"
#include "windowopener.h"

#include <QCloseEvent>
#include <QMenuBar>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>

namespace {

constexpr int takeMs = 16; ///< a frame
constexpr int showMs = 50; ///< nobody reads faster; showing a connection's state costs more than taking it

} // namespace

ConversationWindow::ConversationWindow(Side side, const CommonOptions &options, QWidget *parent)
    : QMainWindow(parent)
    , m_side(side)
    , m_options(options)
    , m_record(side, ConversationRecord::Keeps::SessionAndRecording)
    , m_take(takeMs)
    , m_show(showMs)
    , m_messageRow(new MessageRow(this))
    , m_status(new StatusLine(this))
    , m_capture(new CaptureControl(side, options.capturePath, WindowLink::capturedFlows(m_record.recording()),
                                   *m_status, this))
{
    setMinimumSize(UiTools::minimumWindow);
    resize(UiTools::defaultWindow);
}

ConversationWindow::~ConversationWindow()
{
    m_thread.reset();
    delete m_lab;               // it writes the record
    delete takeCentralWidget(); // it shows the record
    delete m_capture;           // it reads the record
}

void ConversationWindow::setUp(std::unique_ptr<Conversation> conversation, ConversationForm *form,
                               QPushButton *mainButton, const QString &emptyText)
{
    m_form = form;
    m_conversation = conversation.get();
    m_partialNotices.emplace(*m_conversation, *m_status);
    createParts(emptyText);
    createControls(*mainButton);
    createMenus();
    connectRecord();
    connectControls();
    m_record.createSession(m_options.sessionPath);
    restoreSettings();
    m_thread = std::make_unique<NetworkThread>(std::move(conversation));
    updateControls();
    showActivity();
    mainButton->setFocus();
}

void ConversationWindow::createParts(const QString &emptyText)
{
    auto *central = new QWidget(this);
    m_bar = new ConnectionBar(central);
    m_link = new LinkStrip(central);
    m_views = new ConversationViews(m_record, *m_capture, central);
    if (!LinkClient::socketPath().isEmpty()) {
        m_lab = new WindowLink(m_side, m_link->link(), m_record, *m_capture, this);
        m_views->setLink(m_link->link(), m_side);
    }
    m_views->log()->setEmptyText(emptyText);
    m_messageRow->setLabelWidth(m_form->labelWidth());
    auto *layout = new QVBoxLayout(central);
    layout->setContentsMargins(UiTools::grid, UiTools::grid, UiTools::grid, UiTools::grid);
    layout->setSpacing(UiTools::grid);
    layout->addWidget(m_form);
    layout->addWidget(UiTools::line(central));
    layout->addWidget(m_bar);
    layout->addWidget(m_link);
    layout->addWidget(m_views, 1);
    layout->addWidget(m_status);
    layout->addWidget(m_messageRow);
    setCentralWidget(central);
    m_kernel = new KernelDisplay(m_side, m_record, *m_bar, *m_views, this);
    connect(m_kernel, &KernelDisplay::timersChanged, m_link, &LinkStrip::setKernelTimers);
}

void ConversationWindow::createControls(QPushButton &mainButton)
{
    const auto complete = [this](WindowState &state) {
        state.side = m_side;
        state.activity = m_activity;
        state.selected = selected();
        state.openConnection = m_bar->model().newestOpen();
        state.quitting = m_quit->isQuitting();
        completeState(state);
    };
    m_controls = new ConversationControls(
        {.form = *m_form, .messageRow = *m_messageRow, .mainButton = mainButton, .notices = *m_status}, complete, this);
    m_commands = new ConnectionCommands(
        *m_conversation, [this] { return m_bar->selected(); }, this);
    new PresetSender({.form = *m_form, .messageRow = *m_messageRow, .notices = *m_status, .controls = *m_controls},
                     this);
    m_quit = new QuitSequence(
        *m_conversation, *m_status, [this] { return m_bar->model().unsentBytes(); }, this);
}

void ConversationWindow::createMenus()
{
    const auto source = [this] {
        m_record.flush();
        return m_views->exportSource();
    };
    auto *session = new SessionMenu(source, this);
    menuBar()->addMenu(session);
    connect(session, &SessionMenu::closeRequested, this, &QWidget::close);
    session->tellIn(*m_status);
    WindowOpener::serve(*session);
    connect(m_views, &ConversationViews::saveRequested, session, &SessionMenu::exportTo);
    connect(m_views, &ConversationViews::saveStreamRequested, session, &SessionMenu::exportStream);

    QMenu *view = menuBar()->addMenu(tr("&View"));
    m_views->addActionsTo(view);
    view->addSeparator();
    m_bar->addActionsTo(view);
    menuBar()->addMenu(m_link->menu());
    menuBar()->addMenu(HelpWindows::createMenu(this));
}

void ConversationWindow::connectRecord()
{
    connect(&m_record.journal(), &Journal::filled, &m_take, &Throttle::ask);
    connect(&m_take, &QTimer::timeout, this, &ConversationWindow::takeBatch);
    connect(&m_show, &QTimer::timeout, this, &ConversationWindow::showNews);
    RecordNotices::connectRecord(m_record, *m_status);
    connect(&m_record, &ConversationRecord::added, this, &ConversationWindow::stepLogged);
    m_record.connectTo(*m_capture);
    connect(m_capture, &CaptureControl::logged, &m_record, qOverload<const Step &>(&ConversationRecord::add));
    connect(m_bar, &ConnectionBar::selectionChanged, this, [this] {
        m_kernel->setConnection(selected());
        m_views->showConnection(m_bar->selected());
        updateControls();
    });
}

void ConversationWindow::connectControls()
{
    m_commands->connectTo(*m_messageRow);
    m_commands->connectTo(*m_status);
    m_commands->connectTo(m_link->link());
    connect(m_controls, &ConversationControls::pressed, this, &ConversationWindow::perform);
    connect(m_controls, &ConversationControls::sent, m_commands, &ConnectionCommands::send);
    m_link->tellIn(*m_status);
    connect(m_conversation, &Conversation::quitDone, this, &ConversationWindow::finishQuit);
    connect(m_quit, &QuitSequence::started, this, &ConversationWindow::saveSettings);
    connect(m_quit, &QuitSequence::stateChanged, this, &ConversationWindow::updateControls);
}

void ConversationWindow::takeBatch()
{
    Journal::Batch batch = m_record.takeBatch();
    m_activity = batch.activity;
    batch.connections.merge(m_news); // what is newer stays
    m_news = std::move(batch.connections);
    m_show.ask();
}

void ConversationWindow::showNews()
{
    const auto news = std::exchange(m_news, {});
    m_bar->update(news);
    m_kernel->setConnection(selected());
    m_kernel->refresh();
    showActivity();
    m_quit->refresh();
    for (const auto &[id, status] : news)
        m_partialNotices->update(status);
    activityChanged(m_activity);
    updateControls();
}

std::optional<ConnectionStatus> ConversationWindow::selected() const
{
    const ConnectionStatus *status = m_bar->model().find(m_bar->selected());
    return status ? std::optional(*status) : std::nullopt;
}

void ConversationWindow::updateControls()
{
    if (m_controls)
        m_controls->update();
}

void ConversationWindow::showActivity()
{
    const ConnectionStatus *open = m_bar->model().find(m_bar->model().newestOpen());
    m_status->setActivity(StateText::ofActivity(m_side, m_activity, open));
}

void ConversationWindow::pressMain()
{
    m_controls->pressMain();
}

void ConversationWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    if (std::exchange(m_wasShown, true))
        return;
    UiTools::keepOnScreenSoon(*this);
    if (m_options.begin)
        begin();
}

/// The link records everything first.
void ConversationWindow::begin()
{
    const auto begin = [this] {
        QMetaObject::invokeMethod(m_controls, &ConversationControls::begin, Qt::QueuedConnection);
    };
    if (m_lab)
        m_lab->whenSettled(*this, begin);
    else
        begin();
}

void ConversationWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    if (m_views)
        m_views->setWide(width() >= UiTools::wideWindow);
}

void ConversationWindow::closeEvent(QCloseEvent *event)
{
    if (m_quit->requestClose())
        QMainWindow::closeEvent(event);
    else
        event->ignore();
}

void ConversationWindow::quitAtOnce()
{
    m_quit->quitAtOnce();
}

void ConversationWindow::finishQuit()
{
    takeBatch();
    m_capture->finish([this] {
        m_record.flush();
        m_quit->setDone();
        FileWindow::closeAll(); // the program ends with this window
        close();
    });
}

void ConversationWindow::restoreSettings()
{
    const QSettings settings(UiTools::organization(), UiTools::program(m_side));
    m_form->restore(settings);
    m_views->restore(settings);
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
}

void ConversationWindow::saveSettings()
{
    QSettings settings(UiTools::organization(), UiTools::program(m_side));
    m_form->save(settings);
    m_views->save(settings);
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
}

#include "moc_conversationwindow.cpp"
