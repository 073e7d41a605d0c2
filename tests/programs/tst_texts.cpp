// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "client_gui/repeatdialog.h"
#include "client_gui/socketdialog.h"
#include "server_gui/replymenu.h"
#include "support/openwindows.h"
#include "support/registertest.h"
#include "ui/link/linkrulesdialog.h"
#include "ui/presets/presetswindow.h"
#include "ui/tools/elidedlabel.h"
#include "ui/tools/uitools.h"
#include "ui/windows/capturewindow.h"

#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QHeaderView>
#include <QToolButton>
#include <QTranslator>

using namespace WindowTools;

/// All texts in another language: that each of them is translated, has room, and can be read from right to left. The
/// language is made up: every text is in brackets and 40 % longer. TCPSTEPS_TRANSLATION can name a file with it (.qm),
/// which shows that lupdate finds all texts; otherwise this test translates them itself.
class TestTexts : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase();
    void init();
    void cleanup();
    void areTranslated_data();
    void areTranslated();
    void haveRoom_data();
    void haveRoom();
    void areMirrored_data();
    void areMirrored();

private:
    QWidget *open(const QByteArray &window);
    QWidget *server();
    QWidget *client();
    QWidget *talking();

    std::unique_ptr<QTranslator> m_pseudo;
    std::unique_ptr<QTranslator> m_file;
    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<ServerWindow> m_server;
    std::unique_ptr<ClientWindow> m_client;
    std::unique_ptr<CaptureWindow> m_capture;
};

REGISTER_TEST(TestTexts)

namespace {

class PseudoTranslator : public QTranslator
{
public:
    explicit PseudoTranslator(bool onlyQt)
        : m_onlyQt(onlyQt)
    {
    }
    QString translate(const char *context, const char *source, const char *disambiguation, int n) const override
    {
        Q_UNUSED(disambiguation)
        Q_UNUSED(n)
        const QString text = QString::fromUtf8(source);
        if (text.isEmpty() || (m_onlyQt && !isOfQt(QByteArrayView(context))))
            return {};
        const QString begin = QGuiApplication::isRightToLeft() ? QStringLiteral("\u200f[") : QStringLiteral("[");
        return begin + text + QString(qMax(1, text.size() * 2 / 5), u'~') + u']';
    }
    bool isEmpty() const override { return false; }

private:
    /// Qt's own texts have translations of their own.
    static bool isOfQt(QByteArrayView context)
    {
        return context.size() > 1 && context[0] == 'Q' && context[1] >= 'A' && context[1] <= 'Z';
    }

    bool m_onlyQt;
};

struct ShownText {
    QString where;
    QString text;
};

void addActions(QList<ShownText> &texts, const QMenu &menu)
{
    for (const QAction *action : menu.actions()) {
        texts.append({QStringLiteral("a menu"), action->text()});
        texts.append({action->text(), action->toolTip()});
        if (action->menu())
            addActions(texts, *action->menu());
    }
}

void addTextsOf(QList<ShownText> &texts, const QWidget &widget)
{
    const QString name = widget.objectName();
    if (const auto *label = qobject_cast<const QLabel *>(&widget))
        texts.append({name, label->text()});
    if (const auto *button = qobject_cast<const QAbstractButton *>(&widget))
        texts.append({name, button->text()});
    if (const auto *button = qobject_cast<const QToolButton *>(&widget); button && button->menu())
        addActions(texts, *button->menu());
    if (const auto *field = qobject_cast<const QLineEdit *>(&widget))
        texts.append({name, field->placeholderText()});
    if (const auto *tabs = qobject_cast<const QTabBar *>(&widget)) {
        for (int tab = 0; tab < tabs->count(); ++tab)
            texts.append({{name, tabs->tabText(tab)}, {tabs->tabText(tab), tabs->tabToolTip(tab)}});
    }
    if (const auto *header = qobject_cast<const QHeaderView *>(&widget); header && header->isVisible()) {
        for (int section = 0; section < header->count(); ++section)
            texts.append({name, header->model()->headerData(section, header->orientation()).toString()});
    }
    if (const auto *combo = qobject_cast<const QComboBox *>(&widget)) {
        for (int item = 0; item < combo->count(); ++item)
            texts.append({name, combo->itemText(item)});
    }
    texts.append({name, widget.toolTip()});
    if (!qobject_cast<const QMenu *>(&widget) && widget.objectName() != QLatin1StringView("qt_spinbox_lineedit"))
        texts.append({name, widget.accessibleName()});
}

/// Every text that a person can see or hear in the window, without what is typed.
QList<ShownText> textsOf(const QWidget &window)
{
    QList<ShownText> texts = {{QStringLiteral("title"), window.windowTitle()}};
    for (const QMenuBar *bar : window.findChildren<QMenuBar *>()) {
        for (const QAction *action : bar->actions())
            addActions(texts, *action->menu());
    }
    for (const QWidget *widget : window.findChildren<QWidget *>()) {
        if (widget->window() == &window)
            addTextsOf(texts, *widget);
    }
    return texts;
}

/// Numbers, addresses, names of files and states: what is the same in every language.
bool isTheSameEverywhere(const QString &text)
{
    static const QRegularExpression same(
        QStringLiteral("^(|[^A-Za-z]*|[A-Z-]+|.*[0-9a-f]+[.:][0-9a-f.:]+.*|.*\\.pcap|."
                       "*\\.jsonl|[0-9.,]+ (ms|s|B)|…|\\^MEAS.*|TCP_NODELAY|SO_[A-Z]+)$"));
    return same.match(text).hasMatch();
}

/// Those that have less room than they need.
QStringList cutTexts(const QWidget &window)
{
    QStringList cut;
    for (const QWidget *widget : window.findChildren<QWidget *>()) {
        const auto *label = qobject_cast<const QLabel *>(widget);
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        const bool isText =
            (label && !label->wordWrap() && !label->text().isEmpty()) || (button && !button->text().isEmpty());
        if (!widget->isVisible() || widget->window() != &window || !isText || qobject_cast<const ElidedLabel *>(widget))
            continue;
        const QRect place(widget->mapTo(&window, QPoint()), widget->size());
        if (widget->width() < widget->sizeHint().width() || !window.rect().contains(place))
            cut.append(widget->objectName() + u' ' + (label ? label->text() : button->text()));
    }
    return cut;
}

void addWindows()
{
    QTest::addColumn<QByteArray>("window");
    for (const char *window :
         {"server", "client", "talking", "rules", "presets", "repeat", "link rules", "socket", "capture"})
        QTest::newRow(window) << QByteArray(window);
}

} // namespace

void TestTexts::initTestCase()
{
    const QString file = qEnvironmentVariable("TCPSTEPS_TRANSLATION");
    m_pseudo = std::make_unique<PseudoTranslator>(!file.isEmpty());
    QVERIFY(QCoreApplication::installTranslator(m_pseudo.get()));
    if (file.isEmpty())
        return;
    m_file = std::make_unique<QTranslator>();
    QVERIFY2(m_file->load(file) && QCoreApplication::installTranslator(m_file.get()), qPrintable(file));
}

/// Their destructors remove them.
void TestTexts::cleanupTestCase()
{
    m_file.reset();
    m_pseudo.reset();
}

void TestTexts::init()
{
    m_sandbox = std::make_unique<Sandbox>();
}

void TestTexts::cleanup()
{
    m_capture.reset();
    m_client.reset();
    m_server.reset();
    m_sandbox.reset();
    QGuiApplication::setLayoutDirection(Qt::LeftToRight);
}

QWidget *TestTexts::server()
{
    m_server = OpenWindows::server(*m_sandbox);
    click(*m_server, "moreButton");
    return m_server.get();
}

QWidget *TestTexts::client()
{
    m_client = OpenWindows::client(*m_sandbox);
    click(*m_client, "moreButton");
    return m_client.get();
}

/// In the middle of a conversation.
QWidget *TestTexts::talking()
{
    server();
    client();
    click(*m_server, "startButton");
    [this] { QTRY_VERIFY(listeningOn(*m_server).contains(QStringLiteral("127.0.0.1:"))); }();
    type(*m_client, "portEdit", listeningOn(*m_server).section(u':', -1).section(u'~', 0, 0));
    click(*m_client, "sendButton");
    [this] { QTRY_COMPARE(steps(*m_client).size(), 2); }();
    waitForButton(*m_client, "closeButton");
    return m_client.get();
}

QWidget *TestTexts::open(const QByteArray &window)
{
    if (window == "server")
        return server();
    if (window == "client")
        return client();
    if (window == "talking")
        return talking();
    if (window == "capture") {
        m_capture = std::make_unique<CaptureWindow>(QStringLiteral(EXAMPLES "/conversation.pcap"), QStringLiteral("a"));
        m_capture->show();
        [this] { QTRY_COMPARE(part<QComboBox>(*m_capture, "flowCombo")->count(), 1); }();
        return m_capture.get();
    }
    QWidget *opened = nullptr;
    if (window == "rules") {
        part<QAction>(*server(), "editRules")->trigger();
        opened = m_server->findChild<QDialog *>(QStringLiteral("rulesWindow"));
        click(*opened, "addEntry");
    } else if (window == "presets") {
        opened = new PresetsWindow(client());
        opened->show();
    } else if (window == "repeat") {
        opened = new RepeatDialog({}, client());
        opened->show();
    } else if (window == "link rules") {
        opened = new LinkRulesDialog({}, client());
        opened->show();
    } else {
        click(*client(), "socketButton");
        opened = m_client->findChild<SocketDialog *>();
    }
    return opened;
}

void TestTexts::areTranslated_data()
{
    addWindows();
}

void TestTexts::areTranslated()
{
    QFETCH(const QByteArray, window);
    const QWidget *opened = open(window);
    QVERIFY(opened);
    QStringList forgotten;
    for (const ShownText &shown : textsOf(*opened)) {
        if (!shown.text.contains(u'[') && !isTheSameEverywhere(shown.text))
            forgotten.append(shown.where + QStringLiteral(": ") + shown.text);
    }
    QCOMPARE(forgotten.join(u'\n'), QString());
}

void TestTexts::haveRoom_data()
{
    addWindows();
}

void TestTexts::haveRoom()
{
    QFETCH(const QByteArray, window);
    QWidget *opened = open(window);
    QVERIFY(opened);
    opened->resize(opened->minimumSizeHint().expandedTo(UiTools::minimumWindow));
    opened->grab(); // it is laid out
    QVERIFY2(opened->width() <= 1024 && opened->height() <= 700, qPrintable(QDebug::toString(opened->size())));
    QTRY_COMPARE(cutTexts(*opened).join(u'\n'), QString()); // a state may just have come
    if (qEnvironmentVariableIsSet("TCPSTEPS_PICTURES"))
        opened->grab().save(qEnvironmentVariable("TCPSTEPS_PICTURES") + u'/' + QString::fromLatin1(window) + ".png");
}

void TestTexts::areMirrored_data()
{
    addWindows();
}

void TestTexts::areMirrored()
{
    QFETCH(const QByteArray, window);
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    QWidget *opened = open(window);
    QVERIFY(opened);
    opened->resize(opened->minimumSizeHint().expandedTo(UiTools::minimumWindow));
    opened->grab();
    QTRY_COMPARE(cutTexts(*opened).join(u'\n'), QString()); // a state may just have come
    for (const QLabel *label : opened->findChildren<QLabel *>()) {
        const QWidget *field = label->buddy();
        if (!field || !field->isVisible() || field->window() != opened)
            continue;
        QVERIFY2(label->mapTo(opened, QPoint()).x() > field->mapTo(opened, QPoint()).x(), qPrintable(label->text()));
    }
    if (qEnvironmentVariableIsSet("TCPSTEPS_PICTURES"))
        opened->grab().save(qEnvironmentVariable("TCPSTEPS_PICTURES") + QStringLiteral("/rtl-") +
                            QString::fromLatin1(window) + ".png");
}

#include "tst_texts.moc"
