// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "conversationwindow.h"

#include "app/networkthread.h"
#include "app/program.h"
#include "conversation/conversation.h"
#include "conversationpane.h"
#include "helpwindows.h"
#include "sessionmenu.h"
#include "sessionwindow.h"
#include "steps/sessionfolder.h"
#include "steps/steptext.h"
#include "ui/forms/conversationform.h"
#include "ui/forms/messageedit.h"
#include "ui/forms/messagerow.h"
#include "ui/ladder/ladderview.h"
#include "ui/ladder/sequencepane.h"
#include "ui/status/connectionbar.h"
#include "ui/status/conversationnotices.h"
#include "ui/status/kernelmonitor.h"
#include "ui/status/statetext.h"
#include "ui/status/statusline.h"
#include "ui/steps/logpane.h"
#include "ui/tools/primarybutton.h"
#include "ui/tools/uitools.h"
#include "ui/wire/capturecontrol.h"
#include "ui/wire/wirepane.h"
#include "ui/wire/wireview.h"

#include <QCloseEvent>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMenuBar>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>

namespace {

constexpr int takeMs = 16;   ///< a frame
constexpr int showMs = 50;   ///< nobody reads faster; showing a connection's state costs more than taking it
constexpr int screenMs = 50; ///< by then the window manager has given the window its frame

const auto formKey = QLatin1StringView("form");
const auto quitKey = QLatin1StringView("quit");

Icons::Shape shapeOf(Controls::Action action)
{
    switch (action) {
    case Controls::Action::Start:
        return Icons::Shape::Start;
    case Controls::Action::Stop:
        return Icons::Shape::Stop;
    case Controls::Action::Connect:
    case Controls::Action::Send:
        return Icons::Shape::Send;
    case Controls::Action::Cancel:
        return Icons::Shape::Close;
    }
    return Icons::Shape::None;
}

} // namespace

ConversationWindow::ConversationWindow(Side side, const CommonOptions &options, QWidget *parent)
    : QMainWindow(parent)
    , m_side(side)
    , m_options(options)
    , m_recording([this](qsizetype row) { return m_session.at(row); })
    , m_take(takeMs)
    , m_show(showMs)
    , m_kernel(new KernelMonitor(this))
    , m_messageRow(new MessageRow(this))
    , m_status(new StatusLine(this))
    , m_capture(new CaptureControl(side, options.capturePath, *m_status, this))
{
    setMinimumSize(UiTools::minimumWindow);
    resize(UiTools::defaultWindow);
}

ConversationWindow::~ConversationWindow()
{
    m_thread.reset();
    disconnect(&m_session, nullptr, this, nullptr); // its last lines may fail, and nobody is there to be told
    delete takeCentralWidget();                     // its log reads the session file
}

void ConversationWindow::setUp(std::unique_ptr<Conversation> conversation, ConversationForm *form,
                               QPushButton *mainButton, const QString &emptyText)
{
    m_form = form;
    m_main = mainButton;
    m_main->setDefault(true);
    m_conversation = conversation.get();
    createParts(form, emptyText);
    createMenus();
    connectParts();
    openSession();
    restoreSettings();
    m_thread = std::make_unique<NetworkThread>(std::move(conversation));
    updateControls();
    showActivity();
    m_main->setFocus();
}

void ConversationWindow::createParts(ConversationForm *form, const QString &emptyText)
{
    auto *central = new QWidget(this);
    m_bar = new ConnectionBar(central);
    m_pane = new ConversationPane(m_session, central);
    m_pane->log()->setEmptyText(emptyText);
    m_sequence = new SequencePane(m_recording);
    m_pane->addView(m_sequence, tr("Sequence"), tr("The connection as a ladder: its segments, steps and states"));
    m_wire = new WirePane(m_recording);
    m_wire->serve(*m_capture);
    m_pane->addView(m_wire, tr("Wire"), tr("The connection's segments, as tcpdump prints them"));
    m_messageRow->setLabelWidth(form->labelWidth());
    auto *layout = new QVBoxLayout(central);
    layout->setContentsMargins(UiTools::grid, UiTools::grid, UiTools::grid, UiTools::grid);
    layout->setSpacing(UiTools::grid);
    layout->addWidget(form);
    layout->addWidget(UiTools::line(central));
    layout->addWidget(m_bar);
    layout->addWidget(m_pane, 1);
    layout->addWidget(m_status);
    layout->addWidget(m_messageRow);
    setCentralWidget(central);
}

void ConversationWindow::createMenus()
{
    const auto source = [this] {
        m_session.flush();
        return SessionMenu::Source{.files = m_capture->exportSource(m_session.path()),
                                   .ladder = &m_sequence->model(),
                                   .name = QFileInfo(m_session.path()).completeBaseName()};
    };
    auto *session = new SessionMenu(source, this);
    menuBar()->addMenu(session);
    connect(session, &SessionMenu::closeRequested, this, &QWidget::close);
    session->tellIn(*m_status);
    connect(m_sequence, &SequencePane::saveRequested, session, &SessionMenu::exportTo);

    QMenu *view = menuBar()->addMenu(tr("&View"));
    m_pane->addActionsTo(view);
    view->addSeparator();
    m_sequence->addActionsTo(view);
    m_wire->addActionsTo(view);
    view->addSeparator();
    m_bar->addActionsTo(view);
    menuBar()->addMenu(HelpWindows::createMenu(this));
}

void ConversationWindow::connectParts()
{
    connect(&m_journal, &Journal::filled, &m_take, &Throttle::ask);
    connect(&m_take, &QTimer::timeout, this, &ConversationWindow::takeBatch);
    connect(&m_show, &QTimer::timeout, this, &ConversationWindow::showNews);
    connect(&m_session, &SessionFile::failed, this, [this](const QString &reason) {
        log({Step::event(m_side, StepKind::Session, reason)});
        m_status->show(ConversationNotices::ofSession(Notice::Level::Error, reason));
    });
    connect(&m_session, &SessionFile::shortened, this, [this](const QString &reason) {
        m_journal.setKeptBytes(SessionFile::shortPayload);
        log({Step::event(m_side, StepKind::Limit, reason)});
        m_status->show(ConversationNotices::ofSession(Notice::Level::Information, reason));
    });
    m_recording.setAsksKernel(m_kernel->view().availability == KernelState::Availability::Available);
    connect(m_conversation, &Conversation::quitDone, this, &ConversationWindow::finishQuit);
    connect(m_capture, &ConversationCapture::began, &m_recording, &Recording::beginCapture);
    connect(m_capture, &ConversationCapture::captured, this, [this](const std::vector<Segment> &segments) {
        m_recording.setCapturing(true);
        m_recording.addSegments(segments);
    });
    connect(m_capture, &ConversationCapture::failed, this, [this] { m_recording.setCapturing(false); });
    connect(m_capture, &CaptureControl::logged, this, [this](const Step &step) { log({step}); });
    connect(m_capture, &CaptureControl::showHowRequested, this, [this] {
        m_pane->showView(m_wire);
        m_wire->showHowToCapture();
    });

    connect(m_form, &ConversationForm::changed, this, [this] {
        if (m_form->error().isEmpty())
            m_status->remove(formKey);
        updateControls();
    });
    connect(m_form, &ConversationForm::entered, this, &ConversationWindow::pressMain);
    connect(m_bar, &ConnectionBar::selectionChanged, this, [this] {
        m_kernel->setConnection(selected());
        m_sequence->model().showConnection(m_bar->selected());
        m_wire->lines().showConnection(m_bar->selected());
        updateControls();
    });
    connect(m_kernel, &KernelMonitor::changed, this, &ConversationWindow::showKernel);
    m_pane->log()->follow(m_sequence->selection());
    m_wire->selectWith(*m_sequence);
    connect(m_main, &QPushButton::clicked, this, [this] { press(m_controls.mainAction); });
    if (m_main != m_messageRow->sendButton())
        connect(m_messageRow, &MessageRow::sendPressed, this, [this] { press(m_controls.sendAction); });
    connect(m_messageRow, &MessageRow::messageChanged, this, &ConversationWindow::updateControls);
    connect(m_messageRow, &MessageRow::entered, this, [this] {
        if (m_controls.send.enabled && m_controls.sendAction != Controls::Action::Cancel)
            press(m_controls.sendAction);
    });
    const auto close = [this] { command([](Conversation &conversation, int id) { conversation.close(id); }); };
    const auto reset = [this] { command([](Conversation &conversation, int id) { conversation.reset(id); }); };
    connect(m_messageRow, &MessageRow::closePressed, this, close);
    connect(m_messageRow, &MessageRow::resetPressed, this, reset);
    connect(m_messageRow, &MessageRow::finishSendingPressed, this,
            [this] { command([](Conversation &conversation, int id) { conversation.finishSending(id); }); });
    connect(m_status, &StatusLine::closeNow, this, close);
    connect(m_status, &StatusLine::reset, this, reset);
    connect(m_status, &StatusLine::keepOpen, this,
            [this] { command([](Conversation &conversation, int id) { conversation.keepOpen(id); }); });
    connect(m_status, &StatusLine::replyNow, this,
            [this] { command([](Conversation &conversation, int id) { conversation.replyNow(id); }); });
    connect(m_status, &StatusLine::focusLost, this, [this] { m_messageRow->edit()->setFocus(); });
    connect(m_messageRow, &MessageRow::refused, this, [this](const QString &sentence) {
        m_status->show({.key = QStringLiteral("refused"), .level = Notice::Level::Warning, .text = sentence});
    });
}

void ConversationWindow::openSession()
{
    const bool isOwn = m_options.sessionPath.isEmpty();
    const QString path = isOwn ? SessionFolder::newFile(m_side) : m_options.sessionPath;
    if (m_session.create(path, isOwn ? SessionFile::Keep::IfUsed : SessionFile::Keep::Always) && isOwn)
        SessionFolder::removeOld(QFileInfo(path).absolutePath());
}

template<typename F>
void ConversationWindow::command(F f)
{
    const int id = m_bar->selected();
    NetworkThread::call(m_conversation, [f, id](Conversation &conversation) { f(conversation, id); });
}

/// Into the session, and into what shows its steps otherwise. The session may log an event of its own in between.
void ConversationWindow::log(const std::vector<Step> &steps)
{
    for (const Step &step : steps)
        m_session.append(step);
    if (m_recording.stepCount() + qsizetype(steps.size()) == m_session.count())
        m_recording.addSteps(steps);
    while (m_recording.stepCount() < m_session.count())
        m_recording.addStep(m_session.at(m_recording.stepCount()));
}

void ConversationWindow::takeBatch()
{
    Journal::Batch batch = m_journal.take();
    log(batch.steps);
    for (const Step &step : batch.steps) {
        m_capture->take(step);
        m_status->remove(ConversationNotices::endedBy(step));
        if (auto notice = ConversationNotices::forStep(step))
            m_status->show(std::move(*notice));
        stepLogged(step);
    }
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
    showKernel();
    showActivity();
    for (const auto &[id, status] : news)
        updatePartialNotice(status);
    activityChanged(m_activity);
    updateControls();
}

void ConversationWindow::showKernel()
{
    const auto status = selected();
    m_bar->setStates(m_kernel->view(), inferredState(otherEnd(m_side)));
    m_pane->log()->setConnectionText(status ? StateText::path(*status, m_kernel->view()) : QString());
    if (!status)
        return;
    for (const auto &[side, socket] :
         {std::pair(m_side, m_kernel->view().local), std::pair(otherEnd(m_side), m_kernel->view().peer)}) {
        m_recording.addSocket(status->id, side, socket, StepTime::now().wallUs);
        m_sequence->model().setTimeWaitLeft(side, socket ? socket->endsInSeconds() : -1);
    }
}

std::optional<TcpState> ConversationWindow::inferredState(Side side) const
{
    const int flow = m_recording.flowOf(m_bar->selected());
    return flow < 0 ? std::nullopt : std::optional(m_recording.flows().at(flow).state(side));
}

void ConversationWindow::updatePartialNotice(const ConnectionStatus &status)
{
    const bool wasTold = m_partialNoticed.contains(status.id);
    if (status.partialBytes == 0) {
        if (!wasTold)
            return;
        m_partialNoticed.remove(status.id);
        m_status->remove(ConversationNotices::partialKey(status.id));
        return;
    }
    if (wasTold && !m_status->contains(ConversationNotices::partialKey(status.id)))
        return; // it was dismissed
    const auto useNewline = [this, id = status.id] {
        NetworkThread::call(m_conversation, [id](Conversation &end) { end.setFraming(id, Framing::Newline); });
    };
    const auto take = [this, id = status.id] {
        NetworkThread::call(m_conversation, [id](Conversation &end) { end.takePartial(id); });
    };
    Notice notice = ConversationNotices::partial(status, useNewline, take);
    if (std::exchange(m_partialNoticed[status.id], notice.text) != notice.text)
        m_status->show(std::move(notice));
}

std::optional<ConnectionStatus> ConversationWindow::selected() const
{
    const ConnectionStatus *status = m_bar->model().find(m_bar->selected());
    return status ? std::optional(*status) : std::nullopt;
}

void ConversationWindow::completeState(WindowState &state) const
{
    Q_UNUSED(state)
}

void ConversationWindow::updateControls()
{
    if (!m_conversation)
        return;
    WindowState state;
    state.side = m_side;
    state.activity = m_activity;
    state.formError = m_form->error();
    state.message = m_messageRow->message();
    state.framing = m_form->framing();
    state.selected = selected();
    state.openConnection = m_bar->model().newestOpen();
    state.quitting = m_quit != Quit::No;
    completeState(state);

    m_controls = Controls::from(state);
    m_messageRow->setControls(m_controls);
    UiTools::apply(m_main, m_controls.main);
    showPrimary();
    m_form->setOpen(m_controls.formIsOpen, m_controls.formToolTip);
    m_messageRow->setFraming(state.selected && state.selected->isOpen ? state.selected->framing : m_form->framing());
    m_status->setPending(state.selected);
}

void ConversationWindow::showPrimary()
{
    const bool isPrimary = m_controls.primary == Controls::Primary::Main;
    const Icons::Shape shape = shapeOf(m_controls.mainAction);
    if (std::exchange(m_mainLook, std::pair(shape, isPrimary)) != std::pair(shape, isPrimary))
        PrimaryButton::paint(*m_main, shape, isPrimary);
}

void ConversationWindow::showActivity()
{
    switch (m_activity.phase) {
    case Activity::Phase::Listening:
        m_status->setActivity(tr("Listening on %1").arg(m_activity.address));
        return;
    case Activity::Phase::Connecting:
        m_status->setActivity(tr("Connecting to %1…").arg(m_activity.address));
        return;
    case Activity::Phase::Idle:
        break;
    }
    const ConnectionStatus *open = m_bar->model().find(m_bar->model().newestOpen());
    if (m_side == Side::Server)
        m_status->setActivity(tr("Not listening"));
    else
        m_status->setActivity(open ? tr("Connected to %1").arg(open->peer) : tr("Not connected"));
}

void ConversationWindow::pressMain()
{
    const bool begins =
        m_controls.mainAction == Controls::Action::Start || m_controls.mainAction == Controls::Action::Connect;
    if (!begins)
        return;
    if (m_controls.main.enabled) {
        press(m_controls.mainAction);
        return;
    }
    const QString error = m_form->error();
    if (error.isEmpty())
        return;
    m_status->show({.key = formKey, .kind = Notice::Kind::Holding, .level = Notice::Level::Error, .text = error});
    m_form->showError();
}

void ConversationWindow::press(Controls::Action action)
{
    if (action != Controls::Action::Send) {
        perform(action);
        return;
    }
    command(
        [message = m_messageRow->message()](Conversation &conversation, int id) { conversation.send(id, message); });
    m_messageRow->clearForNext();
}

void ConversationWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    if (std::exchange(m_wasShown, true))
        return;
    if (QGuiApplication::platformName() != QLatin1StringView("offscreen")) // whose screen nobody sees
        QTimer::singleShot(screenMs, this, [this] { UiTools::keepOnScreen(*this); });
    if (m_options.begin)
        QMetaObject::invokeMethod(this, &ConversationWindow::begin, Qt::QueuedConnection);
}

/// What --start and --connect ask for. Who gave them in a terminal hears there, too, why it cannot be done.
void ConversationWindow::begin()
{
    if (!m_form->error().isEmpty())
        Program::complain(StepText::escaped(m_form->error().toUtf8()).text);
    pressMain();
}

void ConversationWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    if (m_pane)
        m_pane->setWide(width() >= UiTools::wideWindow);
}

void ConversationWindow::closeEvent(QCloseEvent *event)
{
    if (m_quit == Quit::Done) {
        QMainWindow::closeEvent(event);
        return;
    }
    event->ignore();
    if (m_quit == Quit::Begun)
        return;
    if (const qint64 unsent = m_bar->model().unsentBytes(); unsent > 0)
        askBeforeQuit(unsent);
    else
        quit(Quit::Begun);
}

void ConversationWindow::askBeforeQuit(qint64 unsentBytes)
{
    const Notice::Action reset{tr("Quit and Reset"), [this] { quitAtOnce(); }, Qt::CTRL | Qt::SHIFT | Qt::Key_Q};
    Notice notice{.key = quitKey, .kind = Notice::Kind::Question, .level = Notice::Level::Warning};
    if (m_quit == Quit::Waiting) {
        notice.text = tr("The program ends when %1 have left.").arg(StepText::size(unsentBytes));
        notice.actions = {reset};
    } else {
        notice.text = tr("%1 have not left.").arg(StepText::size(unsentBytes));
        notice.actions = {{tr("&Wait"), [this] { quit(Quit::Waiting); }}, reset};
    }
    m_status->show(std::move(notice));
}

void ConversationWindow::quitAtOnce()
{
    if (m_quit != Quit::Done)
        quit(Quit::Begun);
}

/// Waiting: every connection closes, however long what was sent needs. Begun: it has a second.
void ConversationWindow::quit(Quit how)
{
    if (m_quit == Quit::No)
        saveSettings();
    m_quit = how;
    updateControls();
    if (how == Quit::Begun) {
        NetworkThread::call(m_conversation, [](Conversation &conversation) { conversation.quit(); });
        return;
    }
    NetworkThread::call(m_conversation, [](Conversation &conversation) { conversation.quitWhenSent(); });
    askBeforeQuit(m_bar->model().unsentBytes());
}

void ConversationWindow::finishQuit()
{
    takeBatch();
    m_capture->finish([this] { closeNow(); });
}

void ConversationWindow::closeNow()
{
    m_session.flush();
    m_quit = Quit::Done;
    SessionWindow::closeAll(); // the program ends with this window
    close();
}

void ConversationWindow::restoreSettings()
{
    const QSettings settings(UiTools::organization(), UiTools::program(m_side));
    m_form->restore(settings);
    m_pane->restore(settings);
    m_sequence->restore(settings);
    m_wire->restore(settings);
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
}

void ConversationWindow::saveSettings()
{
    QSettings settings(UiTools::organization(), UiTools::program(m_side));
    m_form->save(settings);
    m_pane->save(settings);
    m_sequence->save(settings);
    m_wire->save(settings);
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
}

#include "moc_conversationwindow.cpp"
