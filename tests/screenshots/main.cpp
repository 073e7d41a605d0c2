// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// Creates the pictures of the guide from the real windows: screenshots --guide FOLDER --size WIDTHxHEIGHT --examples
// FOLDER; in the lab, screenshots --lab FOLDER --size WIDTHxHEIGHT those of its network. Or one picture of both
// windows: screenshots OUT.png [--dark] [--size WIDTHxHEIGHT] [--stage fresh|connected|waiting|closed|refused|long]

#include "client_gui/clientwindow.h"
#include "ladder/laddermodel.h"
#include "link/linknetwork.h"
#include "server_gui/ruleswindow.h"
#include "server_gui/serverwindow.h"
#include "ui/forms/messageedit.h"
#include "ui/ladder/ladderview.h"
#include "ui/windows/capturewindow.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QHash>
#include <QHostAddress>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QSettings>
#include <QStatusBar>
#include <QStyleFactory>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

#include <algorithm>
#include <functional>

namespace {

QPalette darkPalette()
{
    QPalette palette(QColor(45, 45, 48));
    palette.setColor(QPalette::Base, QColor(30, 30, 32));
    palette.setColor(QPalette::AlternateBase, QColor(38, 38, 41));
    palette.setColor(QPalette::Highlight, QColor(48, 110, 190));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, QColor(130, 130, 134));
    return palette;
}

template<typename Condition>
void waitFor(Condition condition, const char *what)
{
    if (!QTest::qWaitFor(condition, 10'000))
        qFatal("%s did not come", what);
}

void click(QWidget &window, const char *name)
{
    window.findChild<QAbstractButton *>(QLatin1StringView(name))->click();
}

QString label(const QWidget &window, const char *name)
{
    return window.findChild<QLabel *>(QLatin1StringView(name))->text();
}

int steps(const QWidget &window)
{
    const QAbstractItemModel *model = window.findChild<QTableView *>(QStringLiteral("stepView"))->model();
    int count = 0;
    for (int row = 0; row < model->rowCount(); ++row)
        count += model->index(row, 2).data().toString().startsWith(QLatin1Char('[')) ? 1 : 0;
    return count;
}

/// Holds the conversation up to the stage. reached: called at each stage that they get to.
void converse(
    ServerWindow &server, ClientWindow &client, const QString &stage,
    const std::function<void(const char *stage)> &reached = [](const char *) {})
{
    reached("fresh");
    if (stage == QLatin1StringView("fresh"))
        return;
    if (stage == QLatin1StringView("refused")) {
        click(client, "sendButton");
        waitFor([&] { return label(client, "statusText").startsWith(QLatin1StringView("Nothing")); }, "the notice");
        return;
    }
    if (stage == QLatin1StringView("long"))
        client.findChild<MessageEdit *>()->setBytes(QByteArray("A long message\twith a tab, ").repeated(20));
    click(server, "startButton");
    waitFor([&] { return label(server, "statusText").startsWith(QLatin1StringView("Listening")); },
            "the server (is port 8700 free?)");
    client.findChild<QLineEdit *>(QStringLiteral("portEdit"))
        ->setText(label(server, "statusText").section(QLatin1Char(':'), -1));
    click(client, "sendButton");
    waitFor([&] { return steps(client) == 2; }, "the reply");
    reached("connected");
    if (stage == QLatin1StringView("connected") || stage == QLatin1StringView("long"))
        return;
    click(client, "closeButton");
    waitFor([&] { return steps(client) == 3; }, "the close");
    waitFor([&] { return label(server, "statusText").startsWith(QLatin1StringView("Closing")); }, "the FIN");
    waitFor([&] { return label(server, "peerStateLabel").startsWith(QLatin1StringView("FIN-WAIT-2")); }, "FIN-WAIT-2");
    reached("waiting");
    if (stage == QLatin1StringView("waiting"))
        return;
    waitFor([&] { return steps(server) == 3; }, "the last step");
    waitFor([&] { return label(client, "stateLabel").startsWith(QLatin1StringView("TIME-WAIT")); }, "TIME-WAIT");
    reached("closed");
}

/// The window below its title bar, as on a desktop.
QPixmap framed(QWidget &window)
{
    QCoreApplication::sendPostedEvents(); // the layout follows the last change
    const QPixmap content = window.grab();
    const int title = window.fontMetrics().height() * 2;
    const qreal ratio = content.devicePixelRatio();
    const QSizeF size = content.deviceIndependentSize() + QSizeF(2, title + 1);
    QPixmap picture((size * ratio).toSize());
    picture.setDevicePixelRatio(ratio);
    picture.fill(window.palette().color(QPalette::Mid));
    QPainter painter(&picture);
    painter.drawPixmap(1, title, content);
    const QRectF bar(0, 0, size.width(), title);
    window.windowIcon().paint(&painter, QRect(title / 4, title / 4, title / 2, title / 2));
    QFont bold = window.font();
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(window.palette().color(QPalette::WindowText));
    painter.drawText(bar, Qt::AlignCenter, window.windowTitle());
    return picture;
}

QPixmap sideBySide(const QPixmap &left, const QPixmap &right)
{
    constexpr int gap = 12;
    const qreal ratio = left.devicePixelRatio();
    const QSizeF a = left.deviceIndependentSize();
    const QSizeF b = right.deviceIndependentSize();
    QPixmap picture((QSizeF(a.width() + gap + b.width(), qMax(a.height(), b.height())) * ratio).toSize());
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::white);
    QPainter painter(&picture);
    painter.drawPixmap(0, 0, left);
    painter.drawPixmap(QPointF(a.width() + gap, 0), right);
    return picture;
}

/// A picture below a line of text.
QPixmap captioned(const QString &text, const QPixmap &content)
{
    constexpr int height = 36;
    QPixmap picture(content.width(), height + content.height());
    picture.fill(Qt::white);
    QPainter painter(&picture);
    QFont font = QApplication::font();
    font.setBold(true);
    font.setPixelSize(height / 2);
    painter.setFont(font);
    painter.drawText(QRect(4, 0, content.width(), height), Qt::AlignVCenter | Qt::AlignLeft, text);
    painter.drawPixmap(0, height, content);
    return picture;
}

QPixmap stacked(const QList<QPixmap> &rows)
{
    int height = 0;
    for (const QPixmap &row : rows)
        height += row.height();
    QPixmap picture(rows.constFirst().width(), height);
    QPainter painter(&picture);
    int y = 0;
    for (const QPixmap &row : rows) {
        painter.drawPixmap(0, y, row);
        y += row.height();
    }
    return picture;
}

/// With the 256 colours that the picture has most of, which makes a small file.
void save(const QPixmap &picture, const QString &path)
{
    const QImage image = picture.toImage().convertToFormat(QImage::Format_RGB32);
    QHash<QRgb, int> counts;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            ++counts[image.pixel(x, y)];
    }
    QList<QRgb> colors = counts.keys();
    std::ranges::sort(colors, [&counts](QRgb a, QRgb b) { return std::pair(counts[b], a) < std::pair(counts[a], b); });
    colors.resize(qMin(colors.size(), 256));
    QImage indexed = image.convertToFormat(QImage::Format_Indexed8, colors, Qt::AvoidDither);
    if (!indexed.save(path, "PNG", 0))
        qFatal("cannot write %s", qPrintable(path));
}

void saveGuidePictures(ServerWindow &server, ClientWindow &client, const QDir &folder, const QDir &examples)
{
    QList<QPixmap> rows;
    converse(server, client, QStringLiteral("closed"), [&](const char *stage) {
        const auto is = [stage](const char *name) { return qstrcmp(stage, name) == 0; };
        if (is("waiting"))
            return save(framed(server), folder.filePath(QStringLiteral("closing.png")));
        const QString text = is("fresh")       ? QStringLiteral("1   Click Start Server, then Connect and Send")
                             : is("connected") ? QStringLiteral("2   Watch the steps, then click Close Connection")
                                               : QStringLiteral("3   Each end has numbered its own steps");
        rows.append(captioned(text, sideBySide(framed(server), framed(client))));
    });
    save(stacked(rows), folder.filePath(QStringLiteral("stages.png")));
    save(framed(client), folder.filePath(QStringLiteral("client.png")));

    server.findChild<QAction *>(QStringLiteral("editRules"))->trigger();
    auto *rules = server.findChild<RulesWindow *>();
    rules->importFile(examples.filePath(QStringLiteral("rules/meter.json")));
    auto *list = rules->findChild<QTreeWidget *>(QStringLiteral("entryList"));
    waitFor([&] { return list->topLevelItemCount() == 5; }, "the rules");
    rules->select(1);
    rules->findChild<QLabel *>(QStringLiteral("entryNotice"))->clear(); // it has a path of this machine
    save(framed(*rules), folder.filePath(QStringLiteral("rules.png")));

    const QString path = examples.filePath(QStringLiteral("captures/conversation.pcap"));
    CaptureWindow capture(path, QStringLiteral("conversation.pcap"));
    capture.resize(client.size());
    capture.resize(capture.width(), capture.height() * 3 / 2);
    capture.show();
    waitFor([&] { return capture.statusBar()->currentMessage().contains(QLatin1StringView("11")); }, "the segments");
    save(framed(capture), folder.filePath(QStringLiteral("capture.png")));
}

/// The server's first reply is lost.
void saveLabPictures(ServerWindow &server, ClientWindow &client, const QDir &folder)
{
    click(server, "startButton");
    waitFor([&] { return label(server, "statusText").startsWith(QLatin1StringView("Listening")); }, "the server");
    auto *tabs = client.findChild<QTabBar *>(QStringLiteral("paneTabs"));
    for (int tab = 0; tab < tabs->count(); ++tab) {
        if (tabs->tabText(tab) == QLatin1StringView("Sequence"))
            tabs->setCurrentIndex(tab);
    }
    auto *ladder = client.findChild<LadderView *>();
    const LadderModel &model = ladder->model();
    click(client, "sendButton");
    waitFor([&] { return steps(client) == 2; }, "the reply");
    waitFor([&] { return model.count() > 0 && model.flow() && model.flow()->count() == 8; }, "the segments");
    const auto hasArrived = [](const Transit &transit) { return transit.fate != Transit::Fate::OnItsWay; };
    waitFor([&] { return std::ranges::all_of(model.flow()->transits()->rows, hasArrived); }, "the last arrival");
    ladder->setLegendShown(false);
    save(framed(client), folder.filePath(QStringLiteral("lost.png")));
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addOptions({{QStringLiteral("dark"), QStringLiteral("in dark colours")},
                       {QStringLiteral("size"), QStringLiteral("of each window"), QStringLiteral("WxH")},
                       {QStringLiteral("guide"), QStringLiteral("where its pictures go"), QStringLiteral("folder")},
                       {QStringLiteral("lab"), QStringLiteral("where its pictures go"), QStringLiteral("folder")},
                       {QStringLiteral("examples"), QStringLiteral("captures and rules"), QStringLiteral("folder")},
                       {QStringLiteral("select"), QStringLiteral("a row"), QStringLiteral("row")},
                       {QStringLiteral("stage"), QStringLiteral("how far they get"), QStringLiteral("stage")}});
    parser.addPositionalArgument(QStringLiteral("OUT.png"), QStringLiteral("where to write"));
    parser.process(application);
    const bool isOfGuide = parser.isSet(QStringLiteral("guide")) || parser.isSet(QStringLiteral("lab"));
    if (parser.positionalArguments().size() != (isOfGuide ? 0 : 1))
        parser.showHelp(2);
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    if (parser.isSet(QStringLiteral("dark")))
        QApplication::setPalette(darkPalette());

    const QTemporaryDir folder;
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, folder.path());
    ServerOptions serverOptions;
    serverOptions.sessionPath = folder.filePath(QStringLiteral("server.jsonl"));
    ClientOptions clientOptions;
    clientOptions.sessionPath = folder.filePath(QStringLiteral("client.jsonl"));
    if (parser.isSet(QStringLiteral("lab"))) {
        serverOptions.address = QHostAddress(LinkNetwork::address(Side::Server, 4));
        clientOptions.host = serverOptions.address->toString();
    }
    ServerWindow server(serverOptions);
    ClientWindow client(clientOptions);
    const QStringList size = parser.value(QStringLiteral("size")).split(QLatin1Char('x'));
    for (QWidget *window : {static_cast<QWidget *>(&server), static_cast<QWidget *>(&client)}) {
        if (size.size() == 2)
            window->resize(size[0].toInt(), size[1].toInt());
        window->show();
    }
    if (parser.isSet(QStringLiteral("guide"))) {
        saveGuidePictures(server, client, QDir(parser.value(QStringLiteral("guide"))),
                          QDir(parser.value(QStringLiteral("examples"))));
        return 0;
    }
    if (parser.isSet(QStringLiteral("lab"))) {
        saveLabPictures(server, client, QDir(parser.value(QStringLiteral("lab"))));
        return 0;
    }
    converse(server, client, parser.value(QStringLiteral("stage")));
    if (parser.isSet(QStringLiteral("select"))) {
        for (QWidget *window : {static_cast<QWidget *>(&server), static_cast<QWidget *>(&client)})
            window->findChild<QTableView *>(QStringLiteral("stepView"))
                ->selectRow(parser.value(QStringLiteral("select")).toInt());
    }
    const QString out = parser.positionalArguments().constFirst();
    if (!sideBySide(framed(server), framed(client)).save(out))
        qFatal("cannot write %s", qPrintable(out));
    return 0;
}
