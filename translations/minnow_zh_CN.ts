<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ErrorText</name>
    <message>
        <source>A setting can&apos;t be used as it is</source>
        <translation>某项设置无法按现值使用</translation>
    </message>
    <message>
        <source>A file or folder isn&apos;t there</source>
        <translation>文件或文件夹不存在</translation>
    </message>
    <message>
        <source>A file isn&apos;t what it should be</source>
        <translation>文件内容不符合要求</translation>
    </message>
    <message>
        <source>Minnow can&apos;t work with this kind of model or file</source>
        <translation>Minnow 不支持这类模型或文件</translation>
    </message>
    <message>
        <source>Some rows can&apos;t be used</source>
        <translation>部分样本无法使用</translation>
    </message>
    <message>
        <source>Reading or writing failed</source>
        <translation>读取或写入失败</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>Writing isn&apos;t allowed there</source>
        <translation>此处不允许写入</translation>
    </message>
    <message>
        <source>Another Minnow is using this</source>
        <translation>另一个 Minnow 正在使用</translation>
    </message>
    <message>
        <source>There isn&apos;t enough memory</source>
        <translation>内存不足</translation>
    </message>
    <message>
        <source>The computing device failed or isn&apos;t there</source>
        <translation>计算设备出错或不存在</translation>
    </message>
    <message>
        <source>The other side didn&apos;t answer as it should</source>
        <translation>对方没有正常响应</translation>
    </message>
    <message>
        <source>Something unexpected happened</source>
        <translation>发生意外错误</translation>
    </message>
    <message>
        <source>Change the setting named below and try again.</source>
        <translation>更改下方所列设置后重试。</translation>
    </message>
    <message>
        <source>Repair or leave out the rows named below, then try again.</source>
        <translation>修复或去掉下方列出的样本，然后重试。</translation>
    </message>
    <message>
        <source>Check that the disk is there and the file can be read, then try again.</source>
        <translation>检查磁盘是否就绪、文件是否可读，然后重试。</translation>
    </message>
    <message>
        <source>Free some space and try again; what was written before is whole.</source>
        <translation>释放一些空间后重试；之前写入的内容完好。</translation>
    </message>
    <message>
        <source>Close the other Minnow, or go on reading only.</source>
        <translation>关闭另一个 Minnow，或继续以只读方式使用。</translation>
    </message>
    <message>
        <source>Use a smaller model, batch or token budget, or close other programs.</source>
        <translation>改用更小的模型、批次或词元预算，或关闭其他程序。</translation>
    </message>
    <message>
        <source>Choose another device, for example the CPU.</source>
        <translation>选择其他设备，例如 CPU。</translation>
    </message>
    <message>
        <source>Check the address and the connection, then try again; answers so far are kept.</source>
        <translation>检查地址和连接，然后重试；已有的回答会保留。</translation>
    </message>
    <message>
        <source>Try again; if it happens again, report the details.</source>
        <translation>重试；若再次发生，报告详细信息。</translation>
    </message>
    <message>
        <source>Check the name and the place; it may have been moved or deleted.</source>
        <translation>请检查名称和位置；它可能已被移动或删除。</translation>
    </message>
    <message>
        <source>Repair the file or get it again.</source>
        <translation>请修复该文件或重新获取。</translation>
    </message>
    <message>
        <source>Change the permissions, or use another folder.</source>
        <translation>请修改权限，或使用其他文件夹。</translation>
    </message>
</context>
<context>
    <name>NumberText</name>
    <message>
        <source>%1 TB</source>
        <translation>%1 TB</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>%1 kB</source>
        <translation>%1 kB</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 字节</translation>
    </message>
    <message numerus="yes">
        <source>about %n seconds</source>
        <translation>
            <numerusform>约 %n 秒</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minutes</source>
        <translation>
            <numerusform>约 %n 分钟</numerusform>
        </translation>
    </message>
    <message>
        <source>about %1 hours</source>
        <translation>约 %1 小时</translation>
    </message>
    <message>
        <source>%1 %</source>
        <comment>percent</comment>
        <translation>%1%</translation>
    </message>
    <message>
        <source>%1 billion</source>
        <translation>%1 B</translation>
    </message>
    <message>
        <source>%1 million</source>
        <translation>%1 M</translation>
    </message>
</context>
<context>
    <name>minnow::AboutDialog</name>
    <message>
        <source>window, SVG, printing</source>
        <translation>窗口、SVG、打印</translation>
    </message>
    <message>
        <source>curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>tensors</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>matrix products in bf16</source>
        <translation>bf16 矩阵乘法</translation>
    </message>
    <message>
        <source>matrix products in f32</source>
        <translation>f32 矩阵乘法</translation>
    </message>
    <message>
        <source>the tokenizer&apos;s pattern</source>
        <translation>分词器的匹配模式</translation>
    </message>
    <message>
        <source>Unicode</source>
        <translation>Unicode</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>checksums</source>
        <translation>校验和</translation>
    </message>
    <message>
        <source>charts in reports</source>
        <translation>报告中的图表</translation>
    </message>
    <message>
        <source>C++ and threads</source>
        <translation>C++ 与线程</translation>
    </message>
    <message>
        <source>About Minnow</source>
        <translation>关于 Minnow</translation>
    </message>
    <message>
        <source>Minnow %1</source>
        <translation>Minnow %1</translation>
    </message>
    <message>
        <source>Distils a large language model into a small Qwen3 student on your own machine.</source>
        <translation>在自己的机器上将大语言模型蒸馏为小型 Qwen3 学生模型。</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later, without any warranty.</source>
        <translation>自由软件，采用 GNU 通用公共许可证第 3 版或更高版本，不提供任何担保。</translation>
    </message>
    <message>
        <source>It is linked with</source>
        <translation>链接的库</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>库</translation>
    </message>
    <message>
        <source>For</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
</context>
<context>
    <name>minnow::Activity</name>
    <message>
        <source>rows</source>
        <translation>条</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>files</source>
        <translation>个文件</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>lines</source>
        <translation>行</translation>
    </message>
    <message>
        <source>tensors</source>
        <translation>张量</translation>
    </message>
</context>
<context>
    <name>minnow::AnswerPanel</name>
    <message>
        <source>missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>Model probability: how likely the model held exactly this value to be</source>
        <translation>模型概率：模型认为恰为该值的可能性</translation>
    </message>
    <message numerus="yes">
        <source>First token after %1 ms · %2 tokens/s · %n token(s)</source>
        <translation>
            <numerusform>首个词元用时 %1 ms · %2 词元/秒 · %n 个词元</numerusform>
        </translation>
    </message>
    <message>
        <source>Before: the untuned model</source>
        <translation>微调前的模型</translation>
    </message>
    <message>
        <source>After: the tuned model</source>
        <translation>微调后的模型</translation>
    </message>
    <message>
        <source>What the model answers without its adapter, asked with the detailed prompt.</source>
        <translation>模型不带适配器、使用详细提示词时的回答。</translation>
    </message>
    <message>
        <source>What the tuned model answers, asked with the concise prompt.</source>
        <translation>微调后的模型使用简洁提示词时的回答。</translation>
    </message>
    <message>
        <source>unsure, %1</source>
        <translation>不确定，%1</translation>
    </message>
</context>
<context>
    <name>minnow::AutoCard</name>
    <message>
        <source>Rows per step</source>
        <translation>每步条数</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>LoRA rank</source>
        <translation>LoRA 秩</translation>
    </message>
    <message>
        <source>Trying learning rates</source>
        <translation>正在试探学习率</translation>
    </message>
    <message>
        <source>Chosen by measuring</source>
        <translation>测量后的选择</translation>
    </message>
    <message>
        <source>The run&apos;s first rows were trained on for some steps at rising learning rates, with an adapter that is thrown away. The dashed line is the rate that was chosen.</source>
        <translation>先用本次训练最前面的样本、以逐渐升高的学习率训练几步，所得适配器随即丢弃。虚线是选定的学习率。</translation>
    </message>
</context>
<context>
    <name>minnow::CheckSession</name>
    <message>
        <source>Checking rows</source>
        <translation>正在检查样本</translation>
    </message>
    <message>
        <source>Splitting rows</source>
        <translation>正在划分样本</translation>
    </message>
</context>
<context>
    <name>minnow::ChecksView</name>
    <message>
        <source>rows checked</source>
        <translation>已检查的样本</translation>
    </message>
    <message>
        <source>without problems</source>
        <translation>无问题</translation>
    </message>
    <message>
        <source>with problems</source>
        <translation>有问题</translation>
    </message>
    <message>
        <source>Rows were changed since. Check again for new figures.</source>
        <translation>检查后样本有改动。重新检查可更新数字。</translation>
    </message>
    <message>
        <source>The check was stopped; not all rows were looked at.</source>
        <translation>检查已停止；并非所有样本都已检查。</translation>
    </message>
    <message>
        <source>Nothing is wrong with these rows.</source>
        <translation>这些样本没有问题。</translation>
    </message>
    <message>
        <source>Shows these rows</source>
        <translation>显示这些样本</translation>
    </message>
    <message>
        <source>Checks every row: JSON that can&apos;t be read, keys that are missing, values that don&apos;t stand in the input, phone numbers and places that don&apos;t exist, duplicates, and test rows that nearly stand in the training rows. Each count leads to its rows.</source>
        <translation>检查每条样本：无法解析的 JSON、缺失的键、输入中没有的值、不存在的电话号码和地名、重复样本，以及与训练样本近似重复的测试样本。点击计数可查看对应的样本。</translation>
    </message>
</context>
<context>
    <name>minnow::ComparedRowsModel</name>
    <message>
        <source>fixed</source>
        <translation>改对</translation>
    </message>
    <message>
        <source>broken</source>
        <translation>改错</translation>
    </message>
    <message>
        <source>still wrong</source>
        <translation>仍错</translation>
    </message>
    <message>
        <source>right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>期望</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>微调前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>微调后</translation>
    </message>
</context>
<context>
    <name>minnow::ComparedRowsView</name>
    <message>
        <source>All outcomes</source>
        <translation>全部结果</translation>
    </message>
    <message>
        <source>Any field</source>
        <translation>任意字段</translation>
    </message>
    <message>
        <source>wrong: %1</source>
        <translation>错误：%1</translation>
    </message>
    <message>
        <source>Any kind of error</source>
        <translation>任意错误类型</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>微调前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>微调后</translation>
    </message>
    <message>
        <source>%1 of %2 rows</source>
        <translation>%1 / %2 条</translation>
    </message>
    <message>
        <source>before</source>
        <translation>微调前</translation>
    </message>
    <message>
        <source>after</source>
        <translation>微调后</translation>
    </message>
    <message>
        <source>exactly right %1</source>
        <translation>%1完全正确</translation>
    </message>
    <message>
        <source>valid JSON %1</source>
        <translation>%1为有效 JSON</translation>
    </message>
    <message>
        <source>wrong %1</source>
        <translation>%1错误</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) copied as a table</source>
        <translation>
            <numerusform>已将 %n 条复制为表格</numerusform>
        </translation>
    </message>
    <message>
        <source>Save the rows</source>
        <translation>保存样本</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv);;JSON lines (*.jsonl);;Tab-separated values (*.tsv)</source>
        <translation>逗号分隔值 (*.csv);;JSON 行 (*.jsonl);;制表符分隔值 (*.tsv)</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>已保存：%1</translation>
    </message>
    <message>
        <source>%1 couldn&apos;t be written.</source>
        <translation>无法写入 %1。</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>选择其他文件夹。</translation>
    </message>
    <message>
        <source>Find in inputs and values</source>
        <translation>在输入和值中查找</translation>
    </message>
    <message>
        <source>Words that must stand in the input or in one of the answers</source>
        <translation>输入或某个答案中必须出现的文字</translation>
    </message>
    <message>
        <source>Rows that became right, became wrong, or stayed as they were</source>
        <translation>改对、改错或保持不变的样本</translation>
    </message>
    <message>
        <source>Rows that are wrong in this field</source>
        <translation>该字段出错的样本</translation>
    </message>
    <message>
        <source>Rows with a field that is wrong in this way</source>
        <translation>有字段出现此类错误的样本</translation>
    </message>
    <message>
        <source>Whose errors the field and the kind mean</source>
        <translation>字段和错误类型按哪一方的回答筛选</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Kind of error</source>
        <translation>错误类型</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>微调前/后</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Takes every filter off</source>
        <translation>清除所有筛选条件</translation>
    </message>
    <message>
        <source>Rows side by side</source>
        <translation>逐条对照</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copies the rows shown, or those selected, as a tab-separated table</source>
        <translation>将显示的样本或选中的样本复制为制表符分隔的表格</translation>
    </message>
    <message>
        <source>Save rows…</source>
        <translation>保存样本…</translation>
    </message>
    <message>
        <source>CSV, JSON lines or tab-separated</source>
        <translation>CSV、JSON Lines 或制表符分隔</translation>
    </message>
</context>
<context>
    <name>minnow::CurvePlot</name>
    <message>
        <source>A chart is saved as .png, .svg or .csv; %1 ends otherwise.</source>
        <translation>图表可保存为 .png、.svg 或 .csv；%1 的扩展名不符。</translation>
    </message>
    <message>
        <source>%1 couldn&apos;t be written: %2.</source>
        <translation>无法写入 %1：%2。</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>逗号分隔值 (*.csv)</translation>
    </message>
    <message>
        <source>Scalable drawing (*.svg)</source>
        <translation>矢量图 (*.svg)</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <source>Save the chart</source>
        <translation>保存图表</translation>
    </message>
    <message>
        <source>Show the whole run</source>
        <translation>显示整个运行</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Save as PNG…</source>
        <translation>保存为 PNG…</translation>
    </message>
    <message>
        <source>Save as SVG…</source>
        <translation>保存为 SVG…</translation>
    </message>
    <message>
        <source>Save points as CSV…</source>
        <translation>将数据点保存为 CSV…</translation>
    </message>
    <message>
        <source>Show where it is now</source>
        <translation>显示当前所在范围</translation>
    </message>
</context>
<context>
    <name>minnow::DataPage</name>
    <message>
        <source>%1: %2 of %3</source>
        <translation>%1：%2 / %3</translation>
    </message>
    <message>
        <source>No project is open.</source>
        <translation>没有打开的项目。</translation>
    </message>
    <message>
        <source>Open one on the start page, or make a new one there.</source>
        <translation>在“开始”页打开或新建项目。</translation>
    </message>
    <message>
        <source>There are no rows yet.</source>
        <translation>还没有样本。</translation>
    </message>
    <message>
        <source>Import a file, take the demo&apos;s rows, or make some up.</source>
        <translation>导入文件、使用演示样本，或生成一些样本。</translation>
    </message>
    <message>
        <source>Add rows</source>
        <translation>添加样本</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Check all rows</source>
        <translation>检查所有样本</translation>
    </message>
    <message>
        <source>Split the rows</source>
        <translation>划分样本</translation>
    </message>
    <message>
        <source>Save the task</source>
        <translation>保存任务</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>The rows that the student learns from.</source>
        <translation>供学生模型学习的样本。</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>未作任何更改。</translation>
    </message>
    <message>
        <source>Views of the data</source>
        <translation>数据视图</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stops within a second; what was done so far is kept where that makes sense</source>
        <translation>一秒内停止；已完成的部分在有意义时会保留</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>No row has an answer yet, and rows without one aren&apos;t split.</source>
        <translation>还没有样本有回答；没有回答的样本不参与划分。</translation>
    </message>
    <message>
        <source>Go on to Label</source>
        <translation>前往标注</translation>
    </message>
    <message>
        <source>Go on to Split</source>
        <translation>前往划分</translation>
    </message>
    <message>
        <source>Go on to Train</source>
        <translation>前往训练</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Import a file: JSON Lines, CSV, TSV or plain lines.</source>
        <translation>导入一个文件：JSON Lines、CSV、TSV 或纯文本行。</translation>
    </message>
</context>
<context>
    <name>minnow::DataStage</name>
    <message>
        <source>Importing %1</source>
        <translation>正在导入 %1</translation>
    </message>
    <message>
        <source>Adding the demo&apos;s rows</source>
        <translation>正在添加演示样本</translation>
    </message>
    <message>
        <source>Making up rows</source>
        <translation>正在生成样本</translation>
    </message>
    <message>
        <source>Checking rows</source>
        <translation>正在检查样本</translation>
    </message>
    <message>
        <source>Splitting rows</source>
        <translation>正在划分样本</translation>
    </message>
    <message>
        <source>%1 rows were saved in %2.</source>
        <translation>已将 %1 条保存到 %2。</translation>
    </message>
    <message>
        <source>%1 rows are on the clipboard.</source>
        <translation>已将 %1 条复制到剪贴板。</translation>
    </message>
    <message>
        <source>Choose a file with rows</source>
        <translation>选择样本文件</translation>
    </message>
    <message>
        <source>Rows (*.jsonl *.json *.csv *.tsv *.txt);;All files (*)</source>
        <translation>样本 (*.jsonl *.json *.csv *.tsv *.txt);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Save rows</source>
        <translation>保存样本</translation>
    </message>
    <message>
        <source>Saving %1</source>
        <translation>正在保存 %1</translation>
    </message>
    <message>
        <source>No row is chosen.</source>
        <translation>没有选中任何样本。</translation>
    </message>
    <message>
        <source>Changing rows</source>
        <translation>正在更改样本</translation>
    </message>
    <message>
        <source>There is nothing to take back.</source>
        <translation>没有可撤销的操作。</translation>
    </message>
    <message>
        <source>There is nothing to do again.</source>
        <translation>没有可重做的操作。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) were deleted.</source>
        <translation>
            <numerusform>已删除 %Ln 条样本。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) have another split now.</source>
        <translation>
            <numerusform>已更改 %Ln 条样本的划分。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Taken back: %Ln row(s) are there again.</source>
        <translation>
            <numerusform>已撤销：恢复了 %Ln 条样本。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Taken back: %Ln row(s) have gone again.</source>
        <translation>
            <numerusform>已撤销：移除了 %Ln 条样本。</numerusform>
        </translation>
    </message>
    <message>
        <source>Taken back.</source>
        <translation>已撤销。</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Done again.</source>
        <translation>已重做。</translation>
    </message>
    <message>
        <source>Something else is at work on the rows. Do this once it is done.</source>
        <translation>样本正在被其他操作处理，请等它完成后再试。</translation>
    </message>
    <message>
        <source>%1 rows came from %2.</source>
        <translation>从 %2 导入了 %1 行。</translation>
    </message>
    <message>
        <source>%1 lines can&apos;t be read; they are in data/set_aside.jsonl.</source>
        <translation>有 %1 行无法读取，放在 data/set_aside.jsonl 中。</translation>
    </message>
    <message>
        <source>The task is saved.</source>
        <translation>任务已保存。</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>“%1”</translation>
    </message>
    <message>
        <source>No longer in the task: %1.</source>
        <translation>任务中不再有：%1。</translation>
    </message>
    <message>
        <source>New in the task: %1.</source>
        <translation>任务中新增：%1。</translation>
    </message>
    <message>
        <source>Shall the labels of all rows follow?</source>
        <translation>所有行的标注也要跟着改吗？</translation>
    </message>
    <message>
        <source>Values of fields that are gone are removed, new fields come in empty. Undo on the rows takes it back.</source>
        <translation>已去掉的字段的值会被移除，新字段以空值加入。可在数据行中撤销。</translation>
    </message>
    <message>
        <source>Change all labels</source>
        <translation>修改所有标注</translation>
    </message>
    <message>
        <source>Leave the labels</source>
        <translation>保留标注不变</translation>
    </message>
</context>
<context>
    <name>minnow::DifferenceDelegate</name>
    <message>
        <source>(no such key)</source>
        <translation>（无此键）</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>（空）</translation>
    </message>
</context>
<context>
    <name>minnow::EarlierRunsModel</name>
    <message>
        <source>Tick a run to draw it behind the curves; double-click to open it.</source>
        <translation>勾选运行可将其绘制在曲线后方；双击可打开。</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>拟合</translation>
    </message>
    <message>
        <source>Best eval</source>
        <translation>最佳验证损失</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>完全正确</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <comment>verdict, its figures</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Exact test rows, of the report in Evaluate</source>
        <translation>测试样本中完全正确的比例，来自“评估”的报告</translation>
    </message>
    <message>
        <source>Exact rows of those validation rows that were decoded at the best step</source>
        <translation>在最佳步解码的验证样本中完全正确的比例</translation>
    </message>
    <message>
        <source>Name</source>
        <comment>of a run</comment>
        <translation>名称</translation>
    </message>
    <message>
        <source>Test rows exact</source>
        <translation>测试样本完全正确</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
</context>
<context>
    <name>minnow::EarlierRunsView</name>
    <message>
        <source>Tick a run to draw it behind the curves. Double-click to open it.</source>
        <translation>勾选运行，可将其绘制在曲线后方。双击可打开。</translation>
    </message>
    <message>
        <source>Earlier runs</source>
        <translation>历史运行</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Shows the chosen run&apos;s curves and verdict</source>
        <translation>显示所选运行的曲线和结论</translation>
    </message>
    <message>
        <source>Compare, name, delete…</source>
        <translation>比较、命名、删除…</translation>
    </message>
    <message>
        <source>All runs in a table: settings that differ, score, loss and time; names and notes</source>
        <translation>所有运行列成一张表：不同的设置、得分、损失和用时；名称和备注</translation>
    </message>
</context>
<context>
    <name>minnow::EngineSentence</name>
    <message>
        <source>Rows that need review and are left out: %1.</source>
        <translation>需要复核、未参与的样本：%1 条。</translation>
    </message>
    <message>
        <source>Rows without a usable answer from the teacher, left out: %1.</source>
        <translation>教师没有给出可用回答、未参与的样本：%1 条。</translation>
    </message>
    <message>
        <source>Rows left out: %1 that need review, %2 without a usable answer from the teacher.</source>
        <translation>未参与的样本：%1 条需要复核，%2 条没有可用的教师回答。</translation>
    </message>
    <message>
        <source>Training needs at least %1 of memory (%2 of it for the weights); %3 are available.</source>
        <translation>训练至少需要 %1 内存（其中权重 %2），目前可用 %3。</translation>
    </message>
    <message>
        <source>There is no text to read.</source>
        <translation>没有可读的文本。</translation>
    </message>
    <message>
        <source>The row has %1 tokens, the limit is %2.</source>
        <translation>这条样本有 %1 个词元，上限为 %2。</translation>
    </message>
    <message>
        <source>Row %1 has the same input and another answer.</source>
        <translation>与样本 %1 的输入相同，但回答不同。</translation>
    </message>
    <message>
        <source>Row %1 has the same input.</source>
        <translation>与样本 %1 的输入相同。</translation>
    </message>
    <message>
        <source>Row %1 of the training rows is nearly the same.</source>
        <translation>与训练样本 %1 近似重复。</translation>
    </message>
    <message>
        <source>Row %1 of the validation rows is nearly the same.</source>
        <translation>与验证样本 %1 近似重复。</translation>
    </message>
    <message>
        <source>Row %1 of the test rows is nearly the same.</source>
        <translation>与测试样本 %1 近似重复。</translation>
    </message>
    <message>
        <source>A key stands in the answer twice; the last value counts.</source>
        <translation>回答中有重复的键；以最后一个值为准。</translation>
    </message>
    <message>
        <source>The answer isn&apos;t valid JSON at line %1, column %2: %3</source>
        <translation>回答不是有效的 JSON，第 %1 列：%2</translation>
    </message>
    <message>
        <source>The value is %1, it must be text.</source>
        <translation>值为 %1，应为文本。</translation>
    </message>
    <message>
        <source>The value is %1, it must be a number or text.</source>
        <translation>值为 %1，应为数字或文本。</translation>
    </message>
    <message>
        <source>The value is empty.</source>
        <translation>值为空。</translation>
    </message>
    <message>
        <source>The answer is %1, it must be a JSON object.</source>
        <translation>回答为 %1，应为 JSON 对象。</translation>
    </message>
    <message>
        <source>The length limit ended the answer.</source>
        <translation>回答因达到长度上限而截断。</translation>
    </message>
    <message>
        <source>How sure the teacher was isn&apos;t known.</source>
        <translation>教师模型的把握程度未知。</translation>
    </message>
    <message>
        <source>The teacher was %1 % sure of the value.</source>
        <translation>教师模型对该值的置信度为 %1%。</translation>
    </message>
    <message>
        <source>Not valid JSON at column %1: %2</source>
        <translation>不是有效的 JSON，第 %1 列：%2</translation>
    </message>
    <message>
        <source>The row has %1 cells, the table has %2.</source>
        <translation>这一行有 %1 个单元格，而表格有 %2 列。</translation>
    </message>
    <message>
        <source>The row has %1 messages; a row is one question and its answer.</source>
        <translation>这条样本有 %1 条消息；一条样本应为一问一答。</translation>
    </message>
    <message>
        <source>The line is longer than %1 MiB.</source>
        <translation>这一行超过 %1 MiB。</translation>
    </message>
    <message>
        <source>Not %1: a byte sequence that it doesn&apos;t have, at byte %2.</source>
        <translation>不是 %1：第 %2 字节处的字节序列无效。</translation>
    </message>
    <message>
        <source>A cell opens with a quotation mark that is never closed.</source>
        <translation>单元格开头的引号没有闭合。</translation>
    </message>
    <message>
        <source>%1 rows repeat the input of a validation row, so they validate with it.</source>
        <translation>有 %1 条样本与验证样本的输入相同，已一并用于验证。</translation>
    </message>
    <message>
        <source>%1 rows over the longest length are left out.</source>
        <translation>已舍弃 %1 条超长样本。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; doesn&apos;t stand in the input.</source>
        <translation>输入中没有“%1”。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; hasn&apos;t the shape of a phone number.</source>
        <translation>“%1”不符合电话号码的格式。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; isn&apos;t a number.</source>
        <translation>“%1”不是数字。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; isn&apos;t a date.</source>
        <translation>“%1”不是日期。</translation>
    </message>
    <message>
        <source>No province is called &apos;%1&apos;.</source>
        <translation>没有名为“%1”的省级行政区。</translation>
    </message>
    <message>
        <source>No city is called &apos;%1&apos;.</source>
        <translation>没有名为“%1”的城市。</translation>
    </message>
    <message>
        <source>No district or county is called &apos;%1&apos;.</source>
        <translation>没有名为“%1”的区县。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; doesn&apos;t lie in &apos;%2&apos;; it lies in %3 and elsewhere.</source>
        <translation>“%1”不在“%2”，而在%3等地。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; doesn&apos;t lie in &apos;%2&apos;; it lies in %3.</source>
        <translation>“%1”不在“%2”，而在%3。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; doesn&apos;t lie in &apos;%2&apos;.</source>
        <translation>“%1”不在“%2”。</translation>
    </message>
    <message>
        <source>The answer has no &apos;%1&apos;.</source>
        <translation>回答中缺少“%1”。</translation>
    </message>
    <message>
        <source>The task has no field &apos;%1&apos;.</source>
        <translation>任务中没有字段“%1”。</translation>
    </message>
    <message>
        <source>Column &apos;%1&apos; is empty.</source>
        <translation>“%1”列为空。</translation>
    </message>
    <message>
        <source>There is no config.json in %1; a model folder has one.</source>
        <translation>%1 中没有 config.json；模型文件夹应含有该文件。</translation>
    </message>
    <message>
        <source>%1: this is %2, not a dense Qwen3 model (Qwen3ForCausalLM).</source>
        <translation>%1：这是 %2，不是稠密 Qwen3 模型（Qwen3ForCausalLM）。</translation>
    </message>
    <message>
        <source>%1 is cut short: tensor %2 needs %3 bytes, fewer are left; the download may be incomplete.</source>
        <translation>%1 不完整：张量 %2 需要 %3 字节，剩余内容不足；可能未下载完整。</translation>
    </message>
    <message>
        <source>%1: model.merges is missing; without merges words can&apos;t be put together.</source>
        <translation>%1：缺少 model.merges；没有合并规则就无法拼出词。</translation>
    </message>
    <message>
        <source>%1 isn&apos;t a text file: it holds a NUL byte at offset %2.</source>
        <translation>%1 不是文本文件：偏移 %2 处有 NUL 字节。</translation>
    </message>
    <message>
        <source>%1 is no Minnow project: it has no minnow.json.</source>
        <translation>%1 不是 Minnow 项目：其中没有 minnow.json。</translation>
    </message>
    <message>
        <source>%1 is no project any more: its minnow.json is gone.</source>
        <translation>%1 已不是项目：其中的 minnow.json 不见了。</translation>
    </message>
    <message>
        <source>%1 is open in another Minnow; here it can only be read.</source>
        <translation>%1 已在另一个 Minnow 中打开，此处只读。</translation>
    </message>
    <message>
        <source>%1 was deleted while it was being written.</source>
        <translation>%1 在写入期间被删除。</translation>
    </message>
    <message>
        <source>%1 can&apos;t be written: there is no folder %2.</source>
        <translation>无法写入 %1：没有文件夹 %2。</translation>
    </message>
    <message>
        <source>%1 can&apos;t be written: %2.</source>
        <translation>无法写入 %1：%2。</translation>
    </message>
    <message>
        <source>%1 can&apos;t be read: %2.</source>
        <translation>无法读取 %1：%2。</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>文件系统是只读的</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>没有权限</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>操作不被允许</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>Disk quota exceeded</source>
        <translation>超出磁盘配额</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>没有那个文件或文件夹</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>不是文件夹</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>是一个文件夹</translation>
    </message>
    <message>
        <source>File exists</source>
        <translation>文件已存在</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>输入/输出错误</translation>
    </message>
    <message>
        <source>Too many open files</source>
        <translation>打开的文件过多</translation>
    </message>
    <message>
        <source>Device or resource busy</source>
        <translation>设备或资源正忙</translation>
    </message>
    <message>
        <source>Stale file handle</source>
        <translation>文件句柄已失效</translation>
    </message>
    <message>
        <source>All %1 training rows are over the longest length of %2 tokens; the shortest has %3.</source>
        <translation>%1 行训练数据全部超过最长 %2 个词元；最短的一行有 %3 个。</translation>
    </message>
    <message>
        <source>%1 is in use by another job at this moment.</source>
        <translation>%1 此刻正被另一项任务使用。</translation>
    </message>
    <message>
        <source>%1 has other weights than those that %2 was trained on, so that run can&apos;t go on.</source>
        <translation>%1 的权重与训练 %2 时的不同，所以该运行无法继续。</translation>
    </message>
    <message>
        <source>%1 is being trained at this moment, here or by another Minnow.</source>
        <translation>%1 此刻正在训练（在这里或由另一个 Minnow 进行）。</translation>
    </message>
    <message>
        <source>Tick the box on the model&apos;s card if it was trained by Qwen3&apos;s rules, or choose another model.</source>
        <translation>如果模型是按 Qwen3 的规则训练的，请勾选模型卡片上的选项；否则请换一个模型。</translation>
    </message>
    <message>
        <source>Choose a dense Qwen3 model.</source>
        <translation>请选择一个稠密的 Qwen3 模型。</translation>
    </message>
    <message>
        <source>Save it as a plain LoRA adapter, or merge it with the program that trained it and use the merged model.</source>
        <translation>请另存为普通的 LoRA 适配器，或用训练它的程序合并后使用合并的模型。</translation>
    </message>
    <message>
        <source>Save it again with PEFT&apos;s path_initial_model_for_weight_conversion, or merge it there and use the merged model.</source>
        <translation>请用 PEFT 的 path_initial_model_for_weight_conversion 重新保存，或在 PEFT 中合并后使用合并的模型。</translation>
    </message>
    <message>
        <source>Get the weights that belong to this config.json.</source>
        <translation>请获取与这个 config.json 相符的权重。</translation>
    </message>
    <message>
        <source>Set &apos;%1&apos; in config.json, or get the weights that belong to it.</source>
        <translation>请在 config.json 中设置“%1”，或获取与之相符的权重。</translation>
    </message>
    <message>
        <source>If its head is the embedding, set &apos;tie_word_embeddings&apos; to true in config.json; models for embeddings have no head.</source>
        <translation>如果输出层就是词嵌入，请在 config.json 中把 tie_word_embeddings 设为 true；向量模型没有输出层。</translation>
    </message>
    <message>
        <source>Let the download finish, or start it again.</source>
        <translation>请等下载完成，或重新下载。</translation>
    </message>
    <message>
        <source>Get the weights as safetensors.</source>
        <translation>请获取 safetensors 格式的权重。</translation>
    </message>
    <message>
        <source>Get the file itself.</source>
        <translation>请获取文件本身。</translation>
    </message>
    <message>
        <source>Put the whole file back, then try again; what was written before is whole.</source>
        <translation>请把完整的文件放回原处后再试；之前写入的内容是完整的。</translation>
    </message>
    <message>
        <source>Choose an ordinary file.</source>
        <translation>请选择一个普通文件。</translation>
    </message>
    <message>
        <source>Use the model that the adapter was trained on.</source>
        <translation>请使用训练该适配器时所用的模型。</translation>
    </message>
    <message>
        <source>Use an earlier checkpoint.</source>
        <translation>请使用更早的检查点。</translation>
    </message>
    <message>
        <source>Check that &apos;target_modules&apos; and the tensors belong together.</source>
        <translation>请检查 target_modules 与张量是否对应。</translation>
    </message>
    <message>
        <source>Only plain LoRA on the linear layers is supported; merge the adapter with the program that wrote it.</source>
        <translation>只支持线性层上的普通 LoRA；请用写出该适配器的程序合并它。</translation>
    </message>
    <message>
        <source>%1: the files hold a head of their own (lm_head.weight), but tie_word_embeddings is true, so it is not used.</source>
        <translation>%1：文件中有单独的输出层（lm_head.weight），但 tie_word_embeddings 为 true，所以没有使用它。</translation>
    </message>
    <message>
        <source>%1: %2 tensors of the files are not used, %3 for one.</source>
        <translation>%1：文件中有 %2 个张量未被使用，例如 %3。</translation>
    </message>
    <message>
        <source>%1: &apos;%2&apos; is missing; the tensors say %3, which is taken.</source>
        <translation>%1：缺少“%2”；按张量取值 %3。</translation>
    </message>
    <message>
        <source>%1: &apos;rope_theta&apos; is missing; 10000 is taken, while published Qwen3 models have 1000000 or more.</source>
        <translation>%1：缺少 rope_theta；按 10000 处理，而公开的 Qwen3 模型为 1000000 或更大。</translation>
    </message>
    <message>
        <source>%1: the tensors have other names; %2 is taken as %3.</source>
        <translation>%1：张量名称不同；把 %2 当作 %3。</translation>
    </message>
    <message>
        <source>%1: the adapter has no effect; answers are those of the model alone.</source>
        <translation>%1：该适配器不起作用，回答与原模型相同。</translation>
    </message>
    <message>
        <source>%1: &apos;%2&apos; is %3; this key isn&apos;t known here and is ignored.</source>
        <translation>%1：“%2”为 %3；这里不认识该项，已忽略。</translation>
    </message>
    <message>
        <source>%1: the chat template isn&apos;t one that Minnow knows: %2.</source>
        <translation>%1：不认识这个对话模板：%2。</translation>
    </message>
    <message>
        <source>%1: the chat template is empty.</source>
        <translation>%1：对话模板是空的。</translation>
    </message>
    <message>
        <source>%1: &apos;%2&apos; is %3: training began on changed base weights, so the adapter is wrong on the model&apos;s own.</source>
        <translation>%1：“%2”为 %3：训练开始时改动了原始权重，因此该适配器用在原模型上是错的。</translation>
    </message>
    <message>
        <source>%1 isn&apos;t an ordinary file.</source>
        <translation>%1 不是普通文件。</translation>
    </message>
    <message>
        <source>%1 was cut or became unreadable while it was in use.</source>
        <translation>%1 在使用过程中被截断或无法读取。</translation>
    </message>
    <message>
        <source>it would be larger than files may be here (ulimit -f)</source>
        <translation>超出此处允许的文件大小（ulimit -f）</translation>
    </message>
    <message>
        <source>The answer is empty.</source>
        <translation>答案为空。</translation>
    </message>
    <message>
        <source>The answer begins with a byte order mark.</source>
        <translation>答案以字节顺序标记（BOM）开头。</translation>
    </message>
    <message>
        <source>The answer is a Python dict, not JSON.</source>
        <translation>答案是 Python 字典，不是 JSON。</translation>
    </message>
    <message>
        <source>The answer&apos;s JSON stands in a Markdown fence, which would be learnt too.</source>
        <translation>答案的 JSON 放在 Markdown 代码块里，代码块标记也会被学进去。</translation>
    </message>
    <message>
        <source>Words stand around the answer&apos;s JSON: %1</source>
        <translation>答案的 JSON 前后还有文字：%1</translation>
    </message>
    <message>
        <source>Behind the answer&apos;s JSON stands %1, which would be learnt as text; training adds the end itself.</source>
        <translation>答案的 JSON 后面带有 %1，会被当作普通文字学进去；结束标记由训练自动添加。</translation>
    </message>
    <message>
        <source>The answer is a JSON string with JSON in it: it was written as JSON twice.</source>
        <translation>答案是装着 JSON 的 JSON 字符串：被序列化了两次。</translation>
    </message>
    <message>
        <source>The text holds control tokens, which are taken for ordinary text: %1</source>
        <translation>文本中含有控制标记，会当作普通文字处理：%1</translation>
    </message>
    <message>
        <source>The system prompt holds control tokens, which are taken for ordinary text: %1</source>
        <translation>系统提示词中含有控制标记，会当作普通文字处理：%1</translation>
    </message>
    <message>
        <source>The answer holds control tokens, which are taken for ordinary text: %1</source>
        <translation>答案中含有控制标记，会当作普通文字处理：%1</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is only a piece of &apos;%2&apos; in the input.</source>
        <translation>“%1”只是文本中“%2”的一部分。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is an error of a spreadsheet, not a value.</source>
        <translation>“%1”是电子表格的错误值，不是数据。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; has a spreadsheet&apos;s guard around its number.</source>
        <translation>“%1”的数字外面带着电子表格的保护符号。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is a date that a spreadsheet made of &apos;%2&apos;.</source>
        <translation>“%1”是电子表格由“%2”改成的日期。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is what a spreadsheet made of &apos;%2&apos;.</source>
        <translation>“%1”是电子表格由“%2”改成的。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is a number that a spreadsheet has shortened.</source>
        <translation>“%1”是被电子表格缩写的数字。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; has lost the plus of &apos;%2&apos;.</source>
        <translation>“%1”丢了“%2”的加号。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; has lost the zero in front of &apos;%2&apos;.</source>
        <translation>“%1”丢了“%2”开头的零。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; has lost digits of &apos;%2&apos;.</source>
        <translation>“%1”丢了“%2”的若干位数字。</translation>
    </message>
    <message>
        <source>%1: rows that can&apos;t be read or used and are left out: %2, the first in line %3.</source>
        <translation>%1：无法读取或无法使用而略过的行：%2，第一处在第 %3 行。</translation>
    </message>
    <message>
        <source>%1: rows that are marked not to be learnt, left out: %2 (%3).</source>
        <translation>%1：标记为不学习而略过的行：%2（%3）。</translation>
    </message>
    <message>
        <source>%1: read as neither question, prompt nor answer, and so not used: %2</source>
        <translation>%1：既不是问题、提示词，也不是答案，因此没有用到：%2</translation>
    </message>
    <message>
        <source>%1: rows with several answers, of which the last one is learnt: %2 (prompt style swift-3.5 learns all of them).</source>
        <translation>%1：有多个答案、只学最后一个的行：%2（提示风格 swift-3.5 会学全部答案）。</translation>
    </message>
    <message>
        <source>%1 of %2 answers aren&apos;t JSON objects; the first: %3.</source>
        <translation>%2 个答案中有 %1 个不是 JSON 对象，第一处：%3。</translation>
    </message>
    <message>
        <source>%1 of %2 answers have other keys than the task; the first: %3.</source>
        <translation>%2 个答案中有 %1 个的键与任务不同，第一处：%3。</translation>
    </message>
    <message>
        <source>All %1 answers to learn are empty.</source>
        <translation>要学习的 %1 个答案全是空的。</translation>
    </message>
    <message>
        <source>The rows differ from those that the checkpoint was trained on, so that run can&apos;t go on.</source>
        <translation>样本与训练该检查点时的不同，所以该运行无法继续。</translation>
    </message>
    <message>
        <source>Wait until it ends, or stop it.</source>
        <translation>等它结束，或停止它。</translation>
    </message>
    <message>
        <source>Wait until that job ends.</source>
        <translation>等那项任务结束。</translation>
    </message>
    <message>
        <source>Raise the longest length, or shorten the rows.</source>
        <translation>提高最长长度，或缩短样本。</translation>
    </message>
    <message>
        <source>Put back what was there, or begin a new run.</source>
        <translation>放回原来的文件，或开始新的运行。</translation>
    </message>
    <message>
        <source>The row must be a JSON object with named values; this is %1.</source>
        <translation>样本必须是带名称的 JSON 对象；这里是%1。</translation>
    </message>
    <message>
        <source>A NUL byte stands in the row.</source>
        <translation>该行中有 NUL 字节。</translation>
    </message>
    <message>
        <source>A quotation mark stands inside a quoted cell; there it must be written twice.</source>
        <translation>带引号的单元格里出现了引号；在那里引号必须写两次。</translation>
    </message>
    <message>
        <source>The file holds several lists of objects (%1); put the rows in a file alone.</source>
        <translation>文件里有多个对象列表（%1）；把样本单独放进一个文件。</translation>
    </message>
    <message>
        <source>A bracket or quotation mark is missing: the next row begins before this one ends.</source>
        <translation>缺少括号或引号：这一条还没结束，下一条就开始了。</translation>
    </message>
    <message>
        <source>A bracket is missing: the file ends before this row does.</source>
        <translation>缺少括号：这一条还没结束，文件就结束了。</translation>
    </message>
    <message>
        <source>%1 isn&apos;t a file of rows but %2.</source>
        <translation>%1 不是样本文件，而是%2。</translation>
    </message>
    <message>
        <source>Unpack it first.</source>
        <translation>先把它解压。</translation>
    </message>
    <message>
        <source>Save its rows as CSV or JSON Lines.</source>
        <translation>把其中的行另存为 CSV 或 JSON Lines。</translation>
    </message>
    <message>
        <source>Save the table as CSV.</source>
        <translation>把表格另存为 CSV。</translation>
    </message>
    <message>
        <source>Choose the file with the rows.</source>
        <translation>选择含有样本的文件。</translation>
    </message>
    <message>
        <source>Save it as plain text or CSV.</source>
        <translation>把它另存为纯文本或 CSV。</translation>
    </message>
    <message>
        <source>Fetch the file itself, with `git lfs pull` for example.</source>
        <translation>获取文件本身，例如用 `git lfs pull`。</translation>
    </message>
    <message>
        <source>Save it as plain text.</source>
        <translation>把它另存为纯文本。</translation>
    </message>
    <message>
        <source>Unpack it, or save the table as CSV.</source>
        <translation>把它解压，或把表格另存为 CSV。</translation>
    </message>
    <message>
        <source>Download the file itself, logged in if that is needed.</source>
        <translation>下载文件本身，需要时先登录。</translation>
    </message>
    <message>
        <source>Choose a text file: JSON Lines, JSON, CSV or plain lines.</source>
        <translation>选择文本文件：JSON Lines、JSON、CSV 或纯文本行。</translation>
    </message>
    <message>
        <source>Rows: %1, the first in line %2: %3.</source>
        <translation>%1 行，首见于第 %2 行：%3。</translation>
    </message>
    <message>
        <source>The file has no byte order mark and looks like %1, as which it is read.</source>
        <translation>文件没有字节序标记，看起来是 %1，并按此读取。</translation>
    </message>
    <message>
        <source>The characters look like %1, as which they are read.</source>
        <translation>字符看起来是 %1，并按此读取。</translation>
    </message>
    <message>
        <source>Lines before the table that are no part of it: %1.</source>
        <translation>表格之前不属于表格的行：%1 行。</translation>
    </message>
    <message>
        <source>Two columns are called &apos;%1&apos;; the second is &apos;%2&apos; here.</source>
        <translation>有两列都叫“%1”；这里把第二列叫作“%2”。</translation>
    </message>
    <message>
        <source>%1 NUL bytes stand at the ends of lines, as a power cut leaves them; rows may be missing there.</source>
        <translation>行的两端有 %1 个 NUL 字节，像断电留下的；那里可能缺少样本。</translation>
    </message>
    <message>
        <source>The rows are read column by column.</source>
        <translation>样本是按列读取的。</translation>
    </message>
    <message>
        <source>The rows are lists, named by the list of columns.</source>
        <translation>样本是列表，列名取自列名列表。</translation>
    </message>
    <message>
        <source>The rows are lists, named by the first of them.</source>
        <translation>样本是列表，列名取自第一个列表。</translation>
    </message>
    <message>
        <source>The rows are read from under their numbers.</source>
        <translation>样本是从各自的编号下读取的。</translation>
    </message>
    <message>
        <source>The rows are read from the list &apos;%1&apos;.</source>
        <translation>样本是从列表“%1”中读取的。</translation>
    </message>
    <message>
        <source>The rows are read from lists that are called as the parts of a split.</source>
        <translation>样本是从以划分各部分命名的列表中读取的。</translation>
    </message>
    <message>
        <source>%1: is a device, not a file.</source>
        <translation>%1 是设备，不是文件。</translation>
    </message>
    <message>
        <source>%1: is a pipe, and nobody writes into it.</source>
        <translation>%1 是管道，而没有程序向它写入。</translation>
    </message>
    <message>
        <source>a text&apos;s closing quotation mark is missing</source>
        <translation>文本缺少结尾的引号</translation>
    </message>
    <message>
        <source>a line break, tab or other control character stands in a text as it is</source>
        <translation>文本中直接出现了换行、制表符或其他控制字符</translation>
    </message>
    <message>
        <source>a backslash stands before a character that needs none</source>
        <translation>反斜杠后面是不需要转义的字符</translation>
    </message>
    <message>
        <source>\u isn&apos;t followed by four hexadecimal digits</source>
        <translation>\u 后面不是四位十六进制数字</translation>
    </message>
    <message>
        <source>half of a character is written with \u, without its other half</source>
        <translation>用 \u 只写了半个字符，缺少另一半</translation>
    </message>
    <message>
        <source>bytes stand there that aren&apos;t UTF-8</source>
        <translation>那里的字节不是 UTF-8</translation>
    </message>
    <message>
        <source>a number isn&apos;t complete</source>
        <translation>数字不完整</translation>
    </message>
    <message>
        <source>a number is too large</source>
        <translation>数字太大</translation>
    </message>
    <message>
        <source>a comment stands there, which JSON doesn&apos;t have</source>
        <translation>那里有注释，JSON 没有注释</translation>
    </message>
    <message>
        <source>the byte order mark isn&apos;t complete</source>
        <translation>字节序标记不完整</translation>
    </message>
    <message>
        <source>the text ends before the value does</source>
        <translation>值还没结束，文本就结束了</translation>
    </message>
    <message>
        <source>something stands behind the value</source>
        <translation>值的后面还有别的内容</translation>
    </message>
    <message>
        <source>a key in quotation marks is missing</source>
        <translation>缺少带引号的键</translation>
    </message>
    <message>
        <source>a colon is missing behind a key</source>
        <translation>键的后面缺少冒号</translation>
    </message>
    <message>
        <source>a word or sign stands there that JSON doesn&apos;t have</source>
        <translation>那里有 JSON 没有的词或符号</translation>
    </message>
    <message>
        <source>a comma or a closing bracket is missing</source>
        <translation>缺少逗号或右括号</translation>
    </message>
    <message>
        <source>a value is missing</source>
        <translation>缺少值</translation>
    </message>
    <message>
        <source>the row isn&apos;t strict JSON (a comma too many, Python&apos;s quotes, a line break in a string) but can be read</source>
        <translation>不是严格的 JSON（多余的逗号、Python 的引号、字符串中的换行），但可以读取</translation>
    </message>
    <message>
        <source>a key stands in the row twice; the last value counts</source>
        <translation>同一个键出现了两次；以最后的值为准</translation>
    </message>
    <message>
        <source>the row stands on a line with others</source>
        <translation>与其他样本在同一行</translation>
    </message>
    <message>
        <source>a comma stands behind the row</source>
        <translation>行尾有逗号</translation>
    </message>
    <message>
        <source>the row is broken over several lines</source>
        <translation>一条样本分在了多行</translation>
    </message>
    <message>
        <source>the row has fewer cells than the table has columns; the rest are taken as empty</source>
        <translation>单元格比表格的列少；其余按空处理</translation>
    </message>
    <message>
        <source>the table&apos;s header comes again, which is no row</source>
        <translation>表头又出现了一次，它不是样本</translation>
    </message>
    <message>
        <source>what spreadsheets put around numbers (=&quot;…&quot;, an apostrophe, a tab) is taken away</source>
        <translation>已去掉电子表格在数字两边加的东西（=&quot;…&quot;、撇号、制表符）</translation>
    </message>
    <message>
        <source>%1 isn&apos;t there any more, so nothing can be written to it.</source>
        <translation>%1 已不存在，无法写入。</translation>
    </message>
    <message>
        <source>Read as neither question, prompt nor answer, and so not used: %1</source>
        <translation>既没有作为问题、提示词也没有作为回答读取，因此没有使用：%1</translation>
    </message>
    <message>
        <source>The value is %1, it must be a list of texts.</source>
        <translation>值是 %1，应为字符串列表。</translation>
    </message>
    <message>
        <source>The value is %1, it must be true or false.</source>
        <translation>值是 %1，应为 true 或 false。</translation>
    </message>
    <message>
        <source>The list is empty.</source>
        <translation>列表是空的。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is none of the field&apos;s values: %2</source>
        <translation>“%1”不在该字段的可选值中：%2</translation>
    </message>
    <message>
        <source>The rows have no answers, so the fields are yours to name.</source>
        <translation>这些行没有答案，字段请自己命名。</translation>
    </message>
    <message>
        <source>No answer is a JSON object, so the fields are yours to name.</source>
        <translation>没有一个答案是 JSON 对象，字段请自己命名。</translation>
    </message>
    <message>
        <source>There is no column beside the text to read, so the fields are yours to name.</source>
        <translation>除了要读的文本没有别的列，字段请自己命名。</translation>
    </message>
    <message>
        <source>%1 lines can&apos;t be read; an import sets them aside.</source>
        <translation>有 %1 行无法读取；导入时会搁置它们。</translation>
    </message>
    <message>
        <source>%1 holds no row that can be read.</source>
        <translation>%1 中没有可以读取的行。</translation>
    </message>
    <message>
        <source>The file&apos;s first value is longer than %1 MiB: give the list of rows alone in a file, or one row a line.</source>
        <translation>文件的第一个值超过 %1 MiB：请把行的列表单独放在一个文件里，或每行一条。</translation>
    </message>
    <message>
        <source>Rows without an answer to compare with, left out: %1.</source>
        <translation>没有可比对答案而略去的行：%1。</translation>
    </message>
    <message>
        <source>Rows that are marked not to be learnt, left out: %1 (%2).</source>
        <translation>标记为不学习而略去的行：%1（%2）。</translation>
    </message>
    <message>
        <source>%1: rope_theta stands there twice: %2, and %3, which is taken.</source>
        <translation>%1：rope_theta 出现了两次：%2 和 %3；采用后者。</translation>
    </message>
    <message>
        <source>%1 was made for %2, the model in use is %3: if its weights are others, the adapter&apos;s answers are wrong.</source>
        <translation>%1 是为 %2 制作的，当前使用的模型是 %3：如果权重不同，该适配器的回答就不对。</translation>
    </message>
    <message>
        <source>%1 was made for %2. The model in use, %3, has other weights, so the adapter&apos;s answers are wrong.</source>
        <translation>%1 是为 %2 制作的。当前使用的模型 %3 权重不同，因此该适配器的回答不对。</translation>
    </message>
</context>
<context>
    <name>minnow::EnvironmentCard</name>
    <message>
        <source>This machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy these lines for a bug report</source>
        <translation>复制这些信息，用于错误报告</translation>
    </message>
    <message>
        <source>Copy the lines about this machine</source>
        <translation>复制本机信息</translation>
    </message>
</context>
<context>
    <name>minnow::EvaluatePage</name>
    <message>
        <source>Test split</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>Validation split</source>
        <translation>验证集</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>从文件选择…</translation>
    </message>
    <message>
        <source>%1 of %2 rows answered</source>
        <translation>已回答 %1 / %2 条</translation>
    </message>
    <message>
        <source>Opening the model…</source>
        <translation>正在打开模型…</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>Rows (%1)</source>
        <translation>样本（%1）</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>网页 (*.html)</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试用</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>On to the stage Try: talk to the tuned model</source>
        <translation>前往“试用”阶段：与微调后的模型对话</translation>
    </message>
    <message>
        <source>Asks the untuned and the tuned model for every row</source>
        <translation>让微调前、微调后的模型逐条作答</translation>
    </message>
    <message>
        <source>Is the tuned model really better, on rows it has never seen?</source>
        <translation>在从未见过的样本上，微调后的模型真的更好吗？</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Rows that both models answer; the test split was kept out of training</source>
        <translation>由两个模型回答的样本；测试集未参与训练</translation>
    </message>
    <message>
        <source>Rows to evaluate on</source>
        <translation>用于评估的样本</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Earlier reports of this project</source>
        <translation>本项目先前的报告</translation>
    </message>
    <message>
        <source>No report yet</source>
        <translation>还没有报告</translation>
    </message>
    <message>
        <source>The untuned and the tuned model answer the same test rows; you see row by row what became better.</source>
        <translation>微调前、微调后的模型回答同一批测试样本；可逐条查看哪些有改进。</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stops within a second; the figures are then those of the rows answered by then</source>
        <translation>一秒内停止；数据按届时已回答的样本计算</translation>
    </message>
    <message>
        <source>Evaluate again</source>
        <translation>重新评估</translation>
    </message>
    <message>
        <source>Asks both models once more</source>
        <translation>让两个模型再回答一次</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>As a web page, PDF or JSON</source>
        <translation>保存为网页、PDF 或 JSON</translation>
    </message>
    <message>
        <source>Web page (HTML)…</source>
        <translation>网页 (HTML)…</translation>
    </message>
    <message>
        <source>PDF…</source>
        <translation>PDF…</translation>
    </message>
    <message>
        <source>JSON…</source>
        <translation>JSON…</translation>
    </message>
    <message>
        <source>The models are answering</source>
        <translation>模型正在回答</translation>
    </message>
    <message>
        <source>Waiting for its turn…</source>
        <translation>正在排队等候…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Waiting for its turn</source>
        <translation>正在排队等候</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Back to Train</source>
        <translation>回到训练</translation>
    </message>
    <message>
        <source>The tuned model has not learned the task: choose other settings on Train</source>
        <translation>微调后的模型还没有学会这个任务：请在“训练”中选择其他设置</translation>
    </message>
</context>
<context>
    <name>minnow::EvaluateSession</name>
    <message>
        <source>Evaluating</source>
        <translation>正在评估</translation>
    </message>
</context>
<context>
    <name>minnow::EvaluateStage</name>
    <message>
        <source>Saved: %1</source>
        <translation>已保存：%1</translation>
    </message>
    <message>
        <source>from the evaluation</source>
        <translation>来自评估</translation>
    </message>
    <message numerus="yes">
        <source>Cancelled: these are the figures of the %n row(s) answered by then; the report isn&apos;t kept.</source>
        <translation>
            <numerusform>已取消：数据按届时已回答的 %n 条计算；报告不予保留。</numerusform>
        </translation>
    </message>
    <message>
        <source>Rows with wanted answers</source>
        <translation>有期望回答的样本</translation>
    </message>
    <message>
        <source>Rows (*.jsonl *.json *.csv *.tsv *.txt);;All files (*)</source>
        <translation>样本 (*.jsonl *.json *.csv *.tsv *.txt);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Open a project first, on Start.</source>
        <translation>先在“开始”中打开项目。</translation>
    </message>
    <message>
        <source>There is no tuned model yet: train one on Train.</source>
        <translation>还没有微调后的模型：先在“训练”中训练一个。</translation>
    </message>
    <message>
        <source>No row is kept for testing: split the rows on Data, or choose a file above.</source>
        <translation>没有留作测试的样本：在“数据”中划分样本，或在上方选择文件。</translation>
    </message>
    <message>
        <source>test split</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>validation split</source>
        <translation>验证集</translation>
    </message>
    <message>
        <source>Counting the test rows…</source>
        <translation>正在统计测试样本…</translation>
    </message>
    <message>
        <source>The project can only be read here, so the report isn&apos;t kept; Save report puts it elsewhere.</source>
        <translation>项目在此处只读，因此不保留报告；可用“保存报告”存到别处。</translation>
    </message>
    <message>
        <source>%1 of these %2 rows are among those that the run was given to learn from: the figures flatter it. A new run, trained on the rows as they are split now, can be judged by them.</source>
        <translation>这 %2 条样本中有 %1 条属于该次运行学习过的样本，因此结果虚高。按现在的划分重新训练，才能用它们评判。</translation>
    </message>
    <message>
        <source>Data has no row %1: it was deleted since, or it came from a file of its own.</source>
        <translation>“数据”里没有行 %1：它已被删除，或来自单独的文件。</translation>
    </message>
    <message>
        <source>This report is of step %1; step %2 is chosen now. Evaluate it to see its figures.</source>
        <translation>此报告属于第 %1 步；现在选择的是第 %2 步。请评估它以查看其结果。</translation>
    </message>
</context>
<context>
    <name>minnow::ExportPage</name>
    <message>
        <source>Folder to write into</source>
        <translation>写入的文件夹</translation>
    </message>
    <message>
        <source>Name a folder with its full path.</source>
        <translation>填写文件夹的完整路径。</translation>
    </message>
    <message>
        <source>This folder exists already; name another one.</source>
        <translation>此文件夹已存在；换一个名称。</translation>
    </message>
    <message>
        <source>Read back and answers as before</source>
        <translation>已读回，回答与之前一致</translation>
    </message>
    <message>
        <source>Answers differ from the source</source>
        <translation>回答与来源不同</translation>
    </message>
    <message>
        <source>%1 of %2 test rows answered with the same text</source>
        <comment>agreeing, rows</comment>
        <translation>%2 个测试样本中有 %1 条的回答文本相同</translation>
    </message>
    <message>
        <source>exact, as written</source>
        <translation>完全正确，写入后</translation>
    </message>
    <message>
        <source>exact, before writing</source>
        <translation>完全正确，写入前</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>size, folder</comment>
        <translation>%1，位于 %2</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Write weights that other programs open; they are read back and tested before you take them away.</source>
        <translation>导出其他程序可以打开的权重；写完后会读回并测试。</translation>
    </message>
    <message>
        <source>Write the folder, open it again and test it</source>
        <translation>写入文件夹，再重新打开并测试</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>What to write</source>
        <translation>写入内容</translation>
    </message>
    <message>
        <source>A merged model</source>
        <translation>合并模型</translation>
    </message>
    <message>
        <source>The adapter folded into the weights</source>
        <translation>将适配器并入权重</translation>
    </message>
    <message>
        <source>A complete Hugging Face folder with safetensors: opens in vLLM, transformers and every Qwen3 runtime.</source>
        <translation>完整的 Hugging Face 文件夹，含 safetensors：可在 vLLM、transformers 及各种 Qwen3 运行时中打开。</translation>
    </message>
    <message>
        <source>The LoRA adapter</source>
        <translation>LoRA 适配器</translation>
    </message>
    <message>
        <source>Only what was trained</source>
        <translation>仅训练所得的部分</translation>
    </message>
    <message>
        <source>A small PEFT folder that goes on top of the untuned model.</source>
        <translation>小型 PEFT 文件夹，叠加在未微调的模型上使用。</translation>
    </message>
    <message>
        <source>Number format</source>
        <translation>权重精度</translation>
    </message>
    <message>
        <source>How merged weights are stored; float32 doubles the size of bfloat16</source>
        <translation>合并后权重以何种精度保存；float32 的体积是 bfloat16 的两倍</translation>
    </message>
    <message>
        <source>Number format of the merged weights</source>
        <translation>合并后权重的精度</translation>
    </message>
    <message>
        <source>As in the model&apos;s files</source>
        <translation>与模型文件相同</translation>
    </message>
    <message>
        <source>Where, and how to test it</source>
        <translation>写入位置与测试方式</translation>
    </message>
    <message>
        <source>The folder that is made</source>
        <translation>将要创建的文件夹</translation>
    </message>
    <message>
        <source>Folder to write</source>
        <translation>要写入的文件夹</translation>
    </message>
    <message>
        <source>Browse …</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Choose where the folder goes</source>
        <translation>选择文件夹的存放位置</translation>
    </message>
    <message>
        <source>Test rows</source>
        <translation>测试样本数</translation>
    </message>
    <message>
        <source>Rows that the source and what was written both answer; more take longer and say it more surely</source>
        <translation>由来源和写出结果共同回答的样本；样本数越多耗时越长，结论越可靠</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Once written, the folder is opened again and answers test rows; here you will see whether it answers as before.</source>
        <translation>写入后会重新打开文件夹并回答测试样本；此处将显示回答是否与之前一致。</translation>
    </message>
    <message>
        <source>Ask it with this project&apos;s concise prompt as system message, as it was trained.</source>
        <translation>提问时以本项目的简洁提示词作为系统消息，与训练时一致。</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>显示文件夹</translation>
    </message>
    <message>
        <source>Open the folder in the file manager</source>
        <translation>在文件管理器中打开文件夹</translation>
    </message>
    <message>
        <source>Waiting for its turn…</source>
        <translation>正在排队等候…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Testing: %1 of %2 answers</source>
        <translation>正在检验：%2 个回答中的第 %1 个</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>正在写入…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stops within a second; what is half written is removed, what is written stays</source>
        <translation>一秒之内停止；写了一半的会删除，已写完的会保留</translation>
    </message>
</context>
<context>
    <name>minnow::ExportSession</name>
    <message>
        <source>Not tested: the project has no labelled test or validation rows.</source>
        <translation>未测试：项目中没有已标注的测试样本或验证样本。</translation>
    </message>
    <message>
        <source>The test was stopped; what was written is whole.</source>
        <translation>测试已停止；写出的内容是完整的。</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>正在导出</translation>
    </message>
</context>
<context>
    <name>minnow::ExportStage</name>
    <message>
        <source>Stopped; nothing was written.</source>
        <translation>已停止；未写入任何内容。</translation>
    </message>
    <message>
        <source>Open or make a project first, on the Start page.</source>
        <translation>先在“开始”页面打开或新建项目。</translation>
    </message>
    <message>
        <source>Train first: there is no adapter to export yet.</source>
        <translation>先进行训练：还没有可导出的适配器。</translation>
    </message>
</context>
<context>
    <name>minnow::FacetBar</name>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>问题</translation>
    </message>
</context>
<context>
    <name>minnow::FacetButton</name>
    <message>
        <source>(empty)</source>
        <translation>（空）</translation>
    </message>
    <message>
        <source>No problems</source>
        <translation>没有问题</translation>
    </message>
    <message>
        <source>Show only rows with certain values</source>
        <translation>仅显示含特定值的样本</translation>
    </message>
    <message>
        <source>Find a value</source>
        <translation>查找值</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Lists only values that hold these words</source>
        <translation>只列出包含这些文字的值</translation>
    </message>
    <message>
        <source>Takes every tick away</source>
        <translation>取消所有勾选</translation>
    </message>
</context>
<context>
    <name>minnow::FieldTable</name>
    <message>
        <source>Two fields have the key “%1”.</source>
        <translation>有两个字段使用了键“%1”。</translation>
    </message>
    <message>
        <source>A task needs at least one field.</source>
        <translation>任务至少需要一个字段。</translation>
    </message>
    <message>
        <source>Add a field</source>
        <translation>添加字段</translation>
    </message>
    <message>
        <source>One more key in the answer</source>
        <translation>在回答中增加一个键</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove the chosen field</source>
        <translation>移除所选字段</translation>
    </message>
    <message>
        <source>A field has no key.</source>
        <translation>有一个字段没有键。</translation>
    </message>
    <message>
        <source>“%1” is a choice and needs its values, a semicolon between them.</source>
        <translation>“%1”是选项，需要写出可选值，用分号隔开。</translation>
    </message>
    <message>
        <source>“%1” has two values, the word for yes and the word for no.</source>
        <translation>“%1”有两个值：表示“是”的词和表示“否”的词。</translation>
    </message>
    <message>
        <source>“%1” has the same value twice.</source>
        <translation>“%1”有两个相同的值。</translation>
    </message>
    <message>
        <source>Fields of the answer</source>
        <translation>答案的字段</translation>
    </message>
    <message>
        <source>Move the field up</source>
        <translation>上移字段</translation>
    </message>
    <message>
        <source>Move the field down</source>
        <translation>下移字段</translation>
    </message>
</context>
<context>
    <name>minnow::FieldTableModel</name>
    <message>
        <source>The field&apos;s name in the answer</source>
        <translation>字段在回答中的名称</translation>
    </message>
    <message>
        <source>What the field holds; brings the checks of its values</source>
        <translation>字段的内容；决定对其值的检查</translation>
    </message>
    <message>
        <source>Whether an empty value is right where the text doesn&apos;t say</source>
        <translation>文本未提及时，空值是否算正确</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>May be empty</source>
        <translation>可为空</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>含义</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>yes</source>
        <extracomment>the two words of a field of the kind &quot;Yes or no&quot;, as the answer has them</extracomment>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>The values that a choice can have, the two words of yes or no, or what a list&apos;s items can be; a semicolon between them</source>
        <translation>选项可取的值、“是或否”的两个词，或列表项可取的值，用分号隔开</translation>
    </message>
    <message>
        <source>What it means, for people, for the prompts and for imports that look for its column</source>
        <translation>它的含义：给人看，写进提示词，导入时也用来查找对应的列</translation>
    </message>
    <message>
        <source>The field&apos;s column in the file, and some of its values</source>
        <translation>该字段在文件中的列，以及其中的几个值</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>可选值</translation>
    </message>
    <message>
        <source>In the file</source>
        <translation>文件中</translation>
    </message>
</context>
<context>
    <name>minnow::FitGuide</name>
    <message>
        <source>Back to the run</source>
        <translation>返回运行</translation>
    </message>
    <message>
        <source>Does it fit?</source>
        <translation>拟合得如何？</translation>
    </message>
    <message>
        <source>Train loss is measured on the rows that are learned from, eval loss on rows kept aside. Loss says how surprised the model is by the right answer: 0 is certain. The two curves together tell how a run fits.</source>
        <translation>训练损失在用于学习的样本上计算，验证损失在预留的样本上计算。损失表示模型对正确回答的意外程度：0 表示完全确定。两条曲线结合起来可看出运行的拟合情况。</translation>
    </message>
    <message>
        <source>These curves are drawn by hand to show the shapes; the verdict on a run rests on its own figures.</source>
        <translation>这些曲线是手绘的形状示意；对运行的判断以其自身数据为准。</translation>
    </message>
    <message>
        <source>Both curves are still falling when the run ends.</source>
        <translation>运行结束时，两条曲线仍在下降。</translation>
    </message>
    <message>
        <source>There is more to learn than the run had time or room for.</source>
        <translation>还有可学的内容，但运行的时间或容量不足。</translation>
    </message>
    <message>
        <source>Continue for some epochs, or train with a higher rank.</source>
        <translation>再训练几轮，或用更高的秩训练。</translation>
    </message>
    <message>
        <source>Both curves fall and become flat, close to each other.</source>
        <translation>两条曲线下降后趋于平缓，且彼此接近。</translation>
    </message>
    <message>
        <source>What was learned holds for unseen rows too.</source>
        <translation>学到的内容对未见过的样本同样有效。</translation>
    </message>
    <message>
        <source>Nothing. Go on to Evaluate.</source>
        <translation>无需操作。继续到“评估”。</translation>
    </message>
    <message>
        <source>Train loss falls on while eval loss turns and rises.</source>
        <translation>训练损失持续下降，验证损失却转而上升。</translation>
    </message>
    <message>
        <source>Rows are memorised; unseen ones get worse.</source>
        <translation>模型在死记训练样本；在未见过的样本上变差。</translation>
    </message>
    <message>
        <source>Go back to the best step (the star), train for fewer epochs, or add rows.</source>
        <translation>回到最佳步（星标处）、减少训练轮数，或增加样本。</translation>
    </message>
    <message>
        <source>The loss rises, or is no longer a number.</source>
        <translation>损失上升，或不再是数值。</translation>
    </message>
    <message>
        <source>The steps are too large to find the valley.</source>
        <translation>步幅过大，找不到谷底。</translation>
    </message>
    <message>
        <source>Train again with a lower learning rate.</source>
        <translation>降低学习率后重新训练。</translation>
    </message>
    <message>
        <source>Closes this page</source>
        <translation>关闭本页</translation>
    </message>
</context>
<context>
    <name>minnow::ForecastCard</name>
    <message>
        <source>Rows to train on</source>
        <translation>训练样本数</translation>
    </message>
    <message>
        <source>Rows to validate on</source>
        <translation>验证样本数</translation>
    </message>
    <message>
        <source>Need review, left out</source>
        <translation>需要复核，未计入</translation>
    </message>
    <message>
        <source>Tokens per row</source>
        <translation>每条样本的词元数</translation>
    </message>
    <message>
        <source>%1, %2 learned</source>
        <translation>%1，其中 %2 参与学习</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>%1, %2 rows each</source>
        <translation>%1，每步 %2 条样本</translation>
    </message>
    <message>
        <source>Expected time</source>
        <translation>预计时间</translation>
    </message>
    <message>
        <source>Expected memory</source>
        <translation>预计内存</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>This run</source>
        <translation>本次运行</translation>
    </message>
    <message>
        <source>Open a project with labelled rows first.</source>
        <translation>先打开一个有已标注样本的项目。</translation>
    </message>
    <message>
        <source>Memory is short: activations are computed twice, which takes about a third longer.</source>
        <translation>内存紧张：将启用激活重计算，耗时约增加三分之一。</translation>
    </message>
    <message>
        <source>Time is measured on a few of these rows. Memory is what Minnow as a whole holds when it needs most; the status bar shows what it holds now.</source>
        <translation>时间由其中几条样本实测得出。内存是 Minnow 整体所需的最大值；状态栏显示的是当前占用。</translation>
    </message>
    <message>
        <source>No row is kept for testing. Split the rows first, on Data, or Evaluate has nothing unseen to judge by.</source>
        <translation>没有留出测试样本。先在“数据”中划分样本，否则“评估”没有未见过的样本可用。</translation>
    </message>
    <message>
        <source>This run – working it out…</source>
        <translation>本次训练 – 正在估算…</translation>
    </message>
    <message>
        <source>This run – after: %1</source>
        <translation>本次训练 – 排在“%1”之后</translation>
    </message>
    <message>
        <source>The learning rate is tried out on the first rows when the run starts.</source>
        <translation>学习率会在训练开始时用最前面的样本试探。</translation>
    </message>
</context>
<context>
    <name>minnow::GuessSession</name>
    <message>
        <source>Reading %1</source>
        <translation>正在读取 %1</translation>
    </message>
</context>
<context>
    <name>minnow::ImportSession</name>
    <message>
        <source>Importing %1</source>
        <translation>正在导入 %1</translation>
    </message>
    <message>
        <source>the demo</source>
        <translation>演示数据</translation>
    </message>
    <message>
        <source>Adding the demo&apos;s rows</source>
        <translation>正在添加演示样本</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>随机种子 %1</translation>
    </message>
    <message>
        <source>Making up rows</source>
        <translation>正在生成样本</translation>
    </message>
    <message>
        <source>table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>plain lines</source>
        <translation>纯文本行</translation>
    </message>
</context>
<context>
    <name>minnow::ImportView</name>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Answer as JSON</source>
        <translation>JSON 形式的回答</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>The column that holds “%1”</source>
        <translation>对应“%1”的列</translation>
    </message>
    <message>
        <source>(none)</source>
        <translation>（无）</translation>
    </message>
    <message numerus="yes">
        <source>%n of the first lines can&apos;t be read</source>
        <translation>
            <numerusform>开头几行中有 %n 行无法读取</numerusform>
        </translation>
    </message>
    <message>
        <source>Which column is what isn&apos;t clear. Choose at least the input.</source>
        <translation>无法确定各列的用途。至少选择输入列。</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Choose the column with the input.</source>
        <translation>选择输入所在的列。</translation>
    </message>
    <message>
        <source>From %1. %2 of them have an answer.</source>
        <translation>来源：%1。其中 %2 行有回答。</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行号</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>%1 as people write, the rest in the tutorial&apos;s form</source>
        <translation>%1 为日常写法，其余为教程格式</translation>
    </message>
    <message>
        <source>From a file</source>
        <translation>从文件导入</translation>
    </message>
    <message>
        <source>Drop a file here or choose one: JSON Lines (messages, query and response, alpaca, sharegpt), CSV, TSV or plain lines. Lines that can&apos;t be read are set aside and listed.</source>
        <translation>将文件拖放到此处或选择文件：JSON Lines（messages、query 和 response、alpaca、sharegpt）、CSV、TSV，或每行一条的纯文本。无法读取的行会搁置并列出。</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>You see the first rows before anything is imported</source>
        <translation>导入前可先预览开头的样本</translation>
    </message>
    <message>
        <source>The demo&apos;s rows</source>
        <translation>演示样本</translation>
    </message>
    <message>
        <source>8,000 delivery texts to train on, 200 to validate and 400 to test, labelled and split. No name, street or phone number of the test rows occurs in training.</source>
        <translation>8,000 条收货文本用于训练，200 条用于验证，400 条用于测试，均已标注并划分。测试样本中的姓名、街道和电话号码从不在训练集中出现。</translation>
    </message>
    <message>
        <source>Add the demo&apos;s rows</source>
        <translation>添加演示样本</translation>
    </message>
    <message>
        <source>The same rows that minnow-cli demo uses</source>
        <translation>与 minnow-cli demo 使用的样本相同</translation>
    </message>
    <message>
        <source>Made-up deliveries</source>
        <translation>虚构的收货信息</translation>
    </message>
    <message>
        <source>Labelled delivery texts from a seed: the same seed gives the same rows on every machine.</source>
        <translation>由随机种子生成的已标注收货文本：种子相同，在任何机器上生成的样本都相同。</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>More rows teach more variety and take longer to train</source>
        <translation>样本越多，学到的变化越丰富，训练时间也越长</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Another seed gives other rows</source>
        <translation>换一个随机种子，生成的样本也不同</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>To the right: more texts as people really write them, with parts missing and no fixed order</source>
        <translation>越靠右，贴近真实写法的文本越多：内容有缺失，顺序不固定</translation>
    </message>
    <message>
        <source>Make up rows</source>
        <translation>生成样本</translation>
    </message>
    <message>
        <source>Adds them behind the rows there are</source>
        <translation>追加到现有样本之后</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>First rows</source>
        <translation>开头的样本</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Lines set aside</source>
        <translation>搁置的行</translation>
    </message>
    <message>
        <source>See the rows</source>
        <translation>查看样本</translation>
    </message>
    <message>
        <source>Add more rows</source>
        <translation>继续添加样本</translation>
    </message>
    <message>
        <source>Choose something else; nothing is imported</source>
        <translation>改选别的；不会导入任何内容</translation>
    </message>
    <message>
        <source>Goes to the table of rows</source>
        <translation>转到样本表</translation>
    </message>
    <message>
        <source>Adds rows of another file behind these</source>
        <translation>在这些样本之后添加另一个文件的样本</translation>
    </message>
    <message>
        <source>There are no rows in this file.</source>
        <translation>此文件中没有样本。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) added</source>
        <translation>
            <numerusform>已添加 %Ln 条样本</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) were set aside because they can&apos;t be read</source>
        <translation>
            <numerusform>有 %Ln 行无法读取，已搁置</numerusform>
        </translation>
    </message>
    <message>
        <source>Take this import back</source>
        <translation>撤销这次导入</translation>
    </message>
    <message>
        <source>Removes the rows that were just added (Ctrl+Z)</source>
        <translation>移除刚刚添加的样本（Ctrl+Z）</translation>
    </message>
    <message>
        <source>About %1 rows</source>
        <translation>约 %1 行</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 行</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Separator</source>
        <translation>分隔符</translation>
    </message>
    <message>
        <source>First row</source>
        <translation>首行</translation>
    </message>
    <message>
        <source>Find out</source>
        <translation>自动判断</translation>
    </message>
    <message>
        <source>Comma</source>
        <translation>逗号</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>制表符</translation>
    </message>
    <message>
        <source>Semicolon</source>
        <translation>分号</translation>
    </message>
    <message>
        <source>Bar</source>
        <translation>竖线</translation>
    </message>
    <message>
        <source>Names the columns</source>
        <translation>是列名</translation>
    </message>
    <message>
        <source>Is a row</source>
        <translation>是样本</translation>
    </message>
    <message>
        <source>How the file&apos;s characters are stored; wrong ones show as odd signs below</source>
        <translation>文件中字符的存储方式；选错时下面会出现乱码</translation>
    </message>
    <message>
        <source>What stands between the cells of a table</source>
        <translation>表格单元格之间的符号</translation>
    </message>
    <message>
        <source>Whether the table&apos;s first row is a header</source>
        <translation>表格的首行是否为表头</translation>
    </message>
    <message>
        <source>The import was stopped; nothing was added.</source>
        <translation>导入已停止；没有添加任何样本。</translation>
    </message>
    <message>
        <source>%1 rows were in the project already and were passed over.</source>
        <translation>有 %1 行已在项目中，已跳过。</translation>
    </message>
</context>
<context>
    <name>minnow::LabelForm</name>
    <message>
        <source>Form</source>
        <translation>表单</translation>
    </message>
    <message>
        <source>The answer, one line per field</source>
        <translation>回答，每个字段一行</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>The text that the student is trained to write</source>
        <translation>训练学生模型写出的文本</translation>
    </message>
    <message>
        <source>Answer as JSON</source>
        <translation>JSON 形式的回答</translation>
    </message>
    <message>
        <source>Items, a semicolon between them</source>
        <translation>各项之间用分号隔开</translation>
    </message>
</context>
<context>
    <name>minnow::LabelJson</name>
    <message>
        <source>The answer must be a JSON object.</source>
        <translation>回答必须是 JSON 对象。</translation>
    </message>
    <message>
        <source>This isn&apos;t JSON: %1.</source>
        <translation>这不是 JSON：%1。</translation>
    </message>
</context>
<context>
    <name>minnow::LabelPage</name>
    <message>
        <source>Opening the teacher…</source>
        <translation>正在打开教师模型…</translation>
    </message>
    <message>
        <source>%1 of %2 rows</source>
        <translation>%1 / %2 条</translation>
    </message>
    <message>
        <source>%1 rows a minute</source>
        <translation>每分钟 %1 条</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>%1 answers in %2: %3 labelled, %4 to review, %5 failed.</source>
        <translation>%1 个回答，用时 %2：已标注 %3，待复核 %4，失败 %5。</translation>
    </message>
    <message>
        <source>%1 rows are left; going on asks only those.</source>
        <translation>剩余 %1 条；继续时只询问这些样本。</translation>
    </message>
    <message>
        <source>No project is open.</source>
        <translation>没有打开的项目。</translation>
    </message>
    <message>
        <source>The task has no fields yet; add them under Data, Task.</source>
        <translation>任务还没有字段；在“数据”的“任务”中添加。</translation>
    </message>
    <message>
        <source>There are no rows yet; add some under Data.</source>
        <translation>还没有样本；在“数据”中添加。</translation>
    </message>
    <message>
        <source>Choose the folder of a teacher.</source>
        <translation>选择教师模型的文件夹。</translation>
    </message>
    <message>
        <source>Teacher</source>
        <translation>教师模型</translation>
    </message>
    <message>
        <source>Review (%1)</source>
        <translation>复核 (%1)</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>复核</translation>
    </message>
    <message>
        <source>The teacher is being tried.</source>
        <translation>正在试用教师模型。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Label %1 rows</source>
        <translation>标注 %1 条样本</translation>
    </message>
    <message>
        <source>Label the rows</source>
        <translation>开始标注</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标注</translation>
    </message>
    <message>
        <source>A larger model answers the raw rows; you check what is doubtful.</source>
        <translation>由更大的模型回答未标注的样本，再由人工检查存疑的部分。</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Show the prompt</source>
        <translation>显示提示词</translation>
    </message>
    <message>
        <source>Views of labelling</source>
        <translation>标注视图</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Before you ask for all</source>
        <translation>全部询问之前</translation>
    </message>
    <message>
        <source>Folder of a Qwen3 model</source>
        <translation>Qwen3 模型的文件夹</translation>
    </message>
    <message>
        <source>A dense Qwen3, larger than the student; it answers with the task&apos;s detailed prompt</source>
        <translation>比学生模型更大的稠密 Qwen3；使用任务的详细提示词回答</translation>
    </message>
    <message>
        <source>The larger the teacher, the better its answers and the longer they take.</source>
        <translation>教师模型越大，回答越好，耗时也越长。</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose the teacher&apos;s folder</source>
        <translation>选择教师模型的文件夹</translation>
    </message>
    <message>
        <source>Rows at most</source>
        <translation>样本数上限</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Fewer rows are done sooner; you can go on later, nothing is asked twice</source>
        <translation>样本越少完成越快；之后可接着做，不会重复询问</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>最大回答长度</translation>
    </message>
    <message>
        <source> tokens</source>
        <translation> 词元</translation>
    </message>
    <message>
        <source>A longer limit lets long answers finish; an answer that reaches it counts as failed</source>
        <translation>上限越高，长回答越能写完；达到上限的回答计为失败</translation>
    </message>
    <message>
        <source>Doubtful below</source>
        <translation>置信度阈值</translation>
    </message>
    <message>
        <source>Raising it sends more rows to the review: those with a value that the teacher was less sure of</source>
        <translation>调高后，更多样本进入复核：只要有一个值的置信度低于它</translation>
    </message>
    <message>
        <source>Ask again where an answer was no use</source>
        <translation>回答不可用时重新询问</translation>
    </message>
    <message>
        <source>Rows in state Failed are asked again too</source>
        <translation>状态为“失败”的样本也会重新询问</translation>
    </message>
    <message>
        <source>Let it write only the task&apos;s JSON</source>
        <translation>强制输出任务的 JSON</translation>
    </message>
    <message>
        <source>Small teachers fail less often; what they would have written otherwise stays unseen</source>
        <translation>小型教师模型失败更少；但看不到它们原本会写出的内容</translation>
    </message>
    <message>
        <source>Progress of labelling</source>
        <translation>标注进度</translation>
    </message>
    <message>
        <source>Try 3 rows</source>
        <translation>试 3 条</translation>
    </message>
    <message>
        <source>Asks for three rows and shows prompts and answers; nothing is written</source>
        <translation>询问三条样本并显示提示词和回答；不写入任何内容</translation>
    </message>
    <message>
        <source>Try the teacher on three rows first: you see what it reads and what it writes. Nothing is written then.</source>
        <translation>先用三条样本试一试教师模型：可看到它读到和写出的内容。此时不写入任何内容。</translation>
    </message>
    <message>
        <source>What the teacher reads, word for word</source>
        <translation>教师模型读到的原文</translation>
    </message>
    <message>
        <source>Waiting for its turn…</source>
        <translation>正在排队等候…</translation>
    </message>
    <message>
        <source>No answer was of use: tick that these rows are asked again.</source>
        <translation>没有可用的回答：请勾选对这些样本重新询问。</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Review %1 answers</source>
        <translation>复核 %1 个回答</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>All rows have an answer: on to the stage Train</source>
        <translation>所有样本都有了回答：前往“训练”阶段</translation>
    </message>
</context>
<context>
    <name>minnow::LabelSession</name>
    <message>
        <source>Trying the teacher</source>
        <translation>正在试用教师模型</translation>
    </message>
    <message>
        <source>Labelling</source>
        <translation>正在标注</translation>
    </message>
    <message>
        <source>Asking again</source>
        <translation>正在重新询问</translation>
    </message>
</context>
<context>
    <name>minnow::LabelStage</name>
    <message>
        <source>Choose the teacher&apos;s folder</source>
        <translation>选择教师模型的文件夹</translation>
    </message>
</context>
<context>
    <name>minnow::LossChart</name>
    <message>
        <source>not a number</source>
        <translation>非数值</translation>
    </message>
    <message>
        <source>Train and eval loss over the steps</source>
        <translation>训练损失和验证损失随步数的变化</translation>
    </message>
    <message>
        <source>train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>train, smoothed</source>
        <translation>训练（平滑）</translation>
    </message>
    <message>
        <source>eval</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>best step</source>
        <translation>最佳步</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>loss (nats per token)</source>
        <translation>损失（nats/词元）</translation>
    </message>
    <message>
        <source>best: step %1</source>
        <translation>最佳：第 %1 步</translation>
    </message>
    <message>
        <source>epoch %1</source>
        <translation>第 %1 轮</translation>
    </message>
    <message>
        <source>eval at step %1</source>
        <translation>第 %1 步的验证</translation>
    </message>
    <message>
        <source>%1, train</source>
        <translation>%1，训练</translation>
    </message>
    <message>
        <source>%1, eval</source>
        <translation>%1，验证</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>It begins higher; a double click shows all</source>
        <translation>曲线起点更高；双击可显示全部</translation>
    </message>
</context>
<context>
    <name>minnow::MachineProbe</name>
    <message numerus="yes">
        <source>%1 · %n thread(s) · %2</source>
        <extracomment>device, threads, number format: &quot;CPU · 2 threads · bf16&quot;</extracomment>
        <translation>
            <numerusform>%1 · %n 个线程 · %2</numerusform>
        </translation>
    </message>
    <message>
        <source>Matrix products run on a slow library, ten to fifty times slower than need be: install libopenblas0-pthread.</source>
        <translation>矩阵乘法运行在低速库上，比应有速度慢十到五十倍：安装 libopenblas0-pthread。</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>机器</translation>
    </message>
    <message>
        <source>being looked at …</source>
        <translation>检测中…</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>Computes in</source>
        <translation>计算精度</translation>
    </message>
    <message>
        <source>(the faster one here)</source>
        <translation>（本机较快者）</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>f32 %1, bf16 %2 GFLOP/s</source>
        <translation>f32 %1，bf16 %2 GFLOP/s</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>%1 free of %2</source>
        <translation>可用 %1，共 %2</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>%1 free</source>
        <translation>可用 %1</translation>
    </message>
    <message>
        <source>Kernels</source>
        <translation>指令集</translation>
    </message>
</context>
<context>
    <name>minnow::MainWindow</name>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标注</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>试用</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Close Minnow</source>
        <translation>关闭 Minnow</translation>
    </message>
    <message>
        <source>Something is still running.</source>
        <translation>仍有任务在运行。</translation>
    </message>
    <message>
        <source>Still running: %1</source>
        <comment>an activity</comment>
        <translation>仍在运行：%1</translation>
    </message>
    <message>
        <source>Closing stops it within a second. What is done so far is kept, and the next start offers to go on.</source>
        <translation>关闭后一秒内即停止。已完成的部分会保留，下次启动时可选择继续。</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>停止并关闭</translation>
    </message>
    <message>
        <source>Keep running</source>
        <translation>继续运行</translation>
    </message>
    <message>
        <source>Minnow</source>
        <translation>Minnow</translation>
    </message>
    <message>
        <source>About Minnow</source>
        <translation>关于 Minnow</translation>
    </message>
    <message>
        <source>Version, libraries and licences</source>
        <translation>版本、库和许可证</translation>
    </message>
    <message>
        <source>%1 (Ctrl+%2)</source>
        <comment>stage, key</comment>
        <translation>%1（Ctrl+%2）</translation>
    </message>
    <message>
        <source>No project is open</source>
        <translation>未打开项目</translation>
    </message>
    <message>
        <source>Minnow – %1</source>
        <translation>Minnow – %1</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>What the keyboard does (F1)</source>
        <translation>键盘能做什么（F1）</translation>
    </message>
</context>
<context>
    <name>minnow::MessageBar</name>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Show what the engine said, word for word</source>
        <translation>显示引擎的原始消息</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the message with its details, for a bug report</source>
        <translation>复制消息及其详情，用于报告问题</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Hide this message</source>
        <translation>隐藏此消息</translation>
    </message>
</context>
<context>
    <name>minnow::ModelCard</name>
    <message>
        <source>Not known yet</source>
        <translation>尚不清楚</translation>
    </message>
    <message>
        <source>Comfortable</source>
        <extracomment>a model&apos;s memory need on this machine</extracomment>
        <translation>充裕</translation>
    </message>
    <message>
        <source>Tight</source>
        <extracomment>a model&apos;s memory need on this machine</extracomment>
        <translation>紧张</translation>
    </message>
    <message>
        <source>Too large</source>
        <extracomment>a model&apos;s memory need on this machine</extracomment>
        <translation>过大</translation>
    </message>
    <message>
        <source>Bundled with Minnow</source>
        <translation>Minnow 自带</translation>
    </message>
    <message>
        <source>Hugging Face cache</source>
        <translation>Hugging Face 缓存</translation>
    </message>
    <message>
        <source>ModelScope cache</source>
        <translation>ModelScope 缓存</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Student of this project</source>
        <translation>此项目的学生模型</translation>
    </message>
    <message>
        <source>Looking into the folder …</source>
        <translation>正在检查文件夹…</translation>
    </message>
    <message>
        <source>Can&apos;t be used</source>
        <translation>无法使用</translation>
    </message>
    <message numerus="yes">
        <source>%1 parameters · %n layer(s) · %2 · %3 on disk · whole</source>
        <translation>
            <numerusform>%1 参数 · %n 层 · %2 · 占用磁盘 %3 · 完整</numerusform>
        </translation>
    </message>
    <message>
        <source>training needs %1</source>
        <translation>训练需要 %1</translation>
    </message>
    <message>
        <source>training doesn&apos;t fit</source>
        <translation>内存不足以训练</translation>
    </message>
    <message>
        <source>Memory: %1, running needs %2 (%3); %4 is free</source>
        <comment>training, running, fit, free</comment>
        <translation>内存：%1，运行需要 %2（%3）；可用 %4</translation>
    </message>
    <message>
        <source>What Minnow as a whole holds when it needs most. Training: with rows of up to %1 tokens; what your rows need is said on Train.</source>
        <translation>Minnow 整体所需内存的最大值。训练：按每条样本最长 %1 个词元计；现有样本实际需要多少，见“训练”页。</translation>
    </message>
    <message>
        <source>Take off</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Takes this folder off the list; nothing on disk is touched</source>
        <translation>从列表中移除此文件夹；磁盘上的内容不受影响</translation>
    </message>
    <message>
        <source>Ask it by Qwen3&apos;s own rules, whatever its chat template says</source>
        <translation>按 Qwen3 自己的规则提问，不管它的对话模板</translation>
    </message>
    <message>
        <source>Right where the model was trained by them. Runs record the choice.</source>
        <translation>适用于按这些规则训练的模型。训练记录会保存此选择。</translation>
    </message>
</context>
<context>
    <name>minnow::ModelPage</name>
    <message>
        <source>Open or make a project first, on the Start page.</source>
        <translation>先在“开始”页面打开或新建项目。</translation>
    </message>
    <message>
        <source>Choose a model.</source>
        <translation>选择一个模型。</translation>
    </message>
    <message>
        <source>This folder is still being looked into.</source>
        <translation>仍在检查此文件夹。</translation>
    </message>
    <message>
        <source>This model can&apos;t be used.</source>
        <translation>此模型无法使用。</translation>
    </message>
    <message>
        <source>A model folder</source>
        <translation>模型文件夹</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Choose the small model that is to learn the task: the student.</source>
        <translation>选择要学习这项任务的小模型，也就是学生模型。</translation>
    </message>
    <message>
        <source>Use this model</source>
        <translation>使用此模型</translation>
    </message>
    <message>
        <source>Make the chosen model this project&apos;s student and go on to the data</source>
        <translation>将所选模型设为此项目的学生模型，并进入“数据”阶段</translation>
    </message>
    <message>
        <source>Add a folder …</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>A folder with config.json, tokenizer.json and safetensors of a dense Qwen3 model</source>
        <translation>包含稠密 Qwen3 模型的 config.json、tokenizer.json 和 safetensors 的文件夹</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查找</translation>
    </message>
    <message>
        <source>Look again for models in the caches of Hugging Face and ModelScope</source>
        <translation>重新在 Hugging Face 和 ModelScope 的缓存中查找模型</translation>
    </message>
    <message>
        <source>You can also drop a model folder here. Models that other programs downloaded from Hugging Face or ModelScope are found by themselves.</source>
        <translation>也可以将模型文件夹拖放到此处。其他程序从 Hugging Face 或 ModelScope 下载的模型会自动找到。</translation>
    </message>
</context>
<context>
    <name>minnow::NewProjectPanel</name>
    <message>
        <source>Folder for the new project</source>
        <translation>新项目的文件夹</translation>
    </message>
    <message>
        <source>The project needs a name.</source>
        <translation>项目需要名称。</translation>
    </message>
    <message>
        <source>The project needs a folder with its full path.</source>
        <translation>项目需要文件夹的完整路径。</translation>
    </message>
    <message>
        <source>There is a project in this folder already.</source>
        <translation>此文件夹中已有项目。</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>What the project is called in this window and in reports</source>
        <translation>项目在此窗口和报告中的名称</translation>
    </message>
    <message>
        <source>Name of the project</source>
        <translation>项目名称</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>Everything about the project goes into this folder; it is made if it isn&apos;t there</source>
        <translation>项目的所有内容都保存在此文件夹中；文件夹不存在时会自动创建</translation>
    </message>
    <message>
        <source>Folder of the project</source>
        <translation>项目文件夹</translation>
    </message>
    <message>
        <source>Browse …</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Fields of the answer</source>
        <translation>回答的字段</translation>
    </message>
    <message>
        <source>The student answers with JSON that has these keys. Both prompts are written from them; you can change everything later on the Data page.</source>
        <translation>学生模型以包含这些键的 JSON 回答。两种提示词都据此生成；之后可在“数据”页面更改所有内容。</translation>
    </message>
    <message>
        <source>My own fields</source>
        <translation>自己定义的字段</translation>
    </message>
    <message>
        <source>Template: %1</source>
        <translation>模板：%1</translation>
    </message>
    <message>
        <source>File: %1</source>
        <translation>文件：%1</translation>
    </message>
    <message>
        <source>Choose a file with rows</source>
        <translation>选择包含数据行的文件</translation>
    </message>
    <message>
        <source>Rows (*.jsonl *.json *.csv *.tsv *.txt);;All files (*)</source>
        <translation>数据行 (*.jsonl *.json *.csv *.tsv *.txt);;所有文件 (*)</translation>
    </message>
    <message>
        <source>For example: repair tickets</source>
        <translation>例如：报修工单</translation>
    </message>
    <message>
        <source>&amp;Begin with</source>
        <translation>起点(&amp;B)</translation>
    </message>
    <message>
        <source>What the fields begin with</source>
        <translation>字段从哪里开始</translation>
    </message>
    <message>
        <source>A template brings fields and prompts; you can change them below</source>
        <translation>模板自带字段和提示词，可在下面修改</translation>
    </message>
    <message>
        <source>&amp;Prompts in</source>
        <translation>提示词语言(&amp;P)</translation>
    </message>
    <message>
        <source>Language of the prompts</source>
        <translation>提示词的语言</translation>
    </message>
    <message>
        <source>The language of your texts is the best one</source>
        <translation>最好与您的文本语言相同</translation>
    </message>
    <message>
        <source>From a file …</source>
        <translation>从文件 …</translation>
    </message>
    <message>
        <source>Guess the fields from a CSV, JSON or JSON Lines file, and import its rows; a file can also be dropped here</source>
        <translation>根据 CSV、JSON 或 JSON Lines 文件推测字段，并导入其中的行；也可以把文件拖到这里</translation>
    </message>
    <message>
        <source>&amp;Text to read</source>
        <translation>要读的文本(&amp;T)</translation>
    </message>
    <message>
        <source>Column of the text to read</source>
        <translation>要读的文本所在的列</translation>
    </message>
    <message>
        <source>The column with the text that the student is given; the others are what it is to answer</source>
        <translation>给学生看的文本所在的列；其余各列是它要回答的内容</translation>
    </message>
    <message>
        <source>Guessed from %1 rows of %2, which are imported with it. Look at the kinds, and remove what the text doesn&apos;t tell.</source>
        <translation>根据 %2 的 %1 行推测，这些行会一并导入。请检查类型，并移除文本中看不出的字段。</translation>
    </message>
    <message>
        <source>Left out, since it only numbers the rows: %1. Add a field of that name to have it.</source>
        <translation>只是给行编号，已略去：%1。如需要，请添加同名字段。</translation>
    </message>
</context>
<context>
    <name>minnow::Notifier</name>
    <message>
        <source>%1: done</source>
        <extracomment>a notification; %1 is a job, e.g. Training</extracomment>
        <translation>%1：已完成</translation>
    </message>
    <message>
        <source>%1: ended with an error</source>
        <translation>%1：因错误而结束</translation>
    </message>
</context>
<context>
    <name>minnow::OverlayLegend</name>
    <message>
        <source>%1 %2, here %3</source>
        <translation>%1 为 %2，当前为 %3</translation>
    </message>
    <message>
        <source>the same settings</source>
        <translation>设置相同</translation>
    </message>
</context>
<context>
    <name>minnow::ProjectState</name>
    <message>
        <source>The folder has gone</source>
        <translation>文件夹已不存在</translation>
    </message>
    <message>
        <source>For reading only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>Close the project</source>
        <translation>关闭项目</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>重新打开</translation>
    </message>
    <message>
        <source>Shows the pages without it; nothing is deleted</source>
        <translation>页面不再显示该项目；不会删除任何内容</translation>
    </message>
    <message>
        <source>Shows what has changed since, and makes changes possible where they are by now</source>
        <translation>显示此后的变化；若现在已可写入，即可修改</translation>
    </message>
</context>
<context>
    <name>minnow::RateChart</name>
    <message>
        <source>Rate %1: loss %2</source>
        <translation>学习率 %1：损失 %2</translation>
    </message>
    <message>
        <source>Range test: loss over learning rate</source>
        <translation>学习率试探：损失随学习率的变化</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
</context>
<context>
    <name>minnow::ReportSummary</name>
    <message>
        <source>%1: %2 of %3 rows; 95 %: %4 to %5</source>
        <translation>%1：%2 / %3 条；95%：%4 至 %5</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>微调前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>微调后</translation>
    </message>
    <message>
        <source>Untuned model. Shows these rows</source>
        <translation>未微调的模型。显示这些样本</translation>
    </message>
    <message>
        <source>Tuned model. Shows these rows</source>
        <translation>微调后的模型。显示这些样本</translation>
    </message>
    <message>
        <source>Before: %1</source>
        <translation>微调前：%1</translation>
    </message>
    <message>
        <source>After: %1</source>
        <translation>微调后：%1</translation>
    </message>
    <message>
        <source>▲ %1 rows fixed</source>
        <translation>▲ 改对 %1 条</translation>
    </message>
    <message>
        <source>▼ %1 broken</source>
        <translation>▼ 改错 %1 条</translation>
    </message>
    <message>
        <source>✕ %1 still wrong</source>
        <translation>✕ 仍错 %1 条</translation>
    </message>
    <message>
        <source>%1 rows (%2)</source>
        <translation>%1 条（%2）</translation>
    </message>
    <message>
        <source>tuned: %1, %2 tokens/s</source>
        <translation>已微调：%1，%2 词元/秒</translation>
    </message>
    <message>
        <source>untuned: %1, %2 tokens/s</source>
        <translation>未微调：%1，%2 词元/秒</translation>
    </message>
    <message>
        <source>%1: %2 of %3 right; 95 %: %4 to %5</source>
        <translation>%1：%2 / %3 正确；95%：%4 至 %5</translation>
    </message>
    <message>
        <source>A click shows the rows that are wrong here.</source>
        <translation>点击可查看此处出错的样本。</translation>
    </message>
    <message>
        <source>A click shows the rows.</source>
        <translation>点击可查看这些样本。</translation>
    </message>
    <message>
        <source>Rows exactly right</source>
        <translation>完全正确的样本</translation>
    </message>
    <message>
        <source>Valid JSON</source>
        <translation>有效 JSON</translation>
    </message>
    <message>
        <source>The same rows, before and after</source>
        <translation>相同的样本，微调前与微调后</translation>
    </message>
    <message>
        <source>Right by field</source>
        <translation>各字段正确率</translation>
    </message>
    <message>
        <source>Kinds of error, counted by value</source>
        <translation>错误类型（按值计数）</translation>
    </message>
    <message>
        <source>Striped: before (untuned). Solid: after (tuned). Lines: 95 % intervals. Every figure leads to its rows.</source>
        <translation>条纹：微调前（未微调）。实心：微调后（已微调）。线段：95% 区间。点击各项数字可查看相应的样本。</translation>
    </message>
    <message>
        <source>Right by field, before and after</source>
        <translation>各字段正确率，微调前与微调后</translation>
    </message>
    <message>
        <source>Kinds of error, before and after</source>
        <translation>错误类型，微调前与微调后</translation>
    </message>
    <message>
        <source>Wrong before, right after</source>
        <translation>微调前错，微调后对</translation>
    </message>
    <message>
        <source>Right before, wrong after</source>
        <translation>微调前对，微调后错</translation>
    </message>
    <message>
        <source>Wrong before and after</source>
        <translation>微调前后都错</translation>
    </message>
</context>
<context>
    <name>minnow::ReviewView</name>
    <message>
        <source>Dropped</source>
        <translation>已丢弃</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>%1 of %2 · %3 reviewed</source>
        <translation>%1 / %2 · 已复核 %3</translation>
    </message>
    <message>
        <source>least sure value: %1</source>
        <translation>置信度最低的值：%1</translation>
    </message>
    <message>
        <source>Nothing to review.</source>
        <translation>没有需要复核的内容。</translation>
    </message>
    <message>
        <source>Answers with problems and answers the teacher wasn&apos;t sure of come here.</source>
        <translation>有问题的回答和教师模型不确定的回答会出现在这里。</translation>
    </message>
    <message>
        <source>Rows to review, the most doubtful first</source>
        <translation>待复核的样本，最存疑的排在最前</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>采纳</translation>
    </message>
    <message>
        <source>The answer is right as it stands here (A or Enter)</source>
        <translation>当前显示的回答正确（A 或 Enter）</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Change a value; Enter accepts it, Escape takes it back (E or F2)</source>
        <translation>更改一个值；Enter 采纳，Escape 还原（E 或 F2）</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>重新询问</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Removes the row from the data (D or Delete)</source>
        <translation>从数据中移除这条样本（D 或 Delete）</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一条</translation>
    </message>
    <message>
        <source>Leaves the row as it is (N, J or →)</source>
        <translation>保持这条样本不变（N、J 或 →）</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>The row before (P, K or ←)</source>
        <translation>上一条样本（P、K 或 ←）</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>One key for each row: keep a finger on A, and use E where something is wrong.</source>
        <translation>每条样本只按一个键：手指放在 A 上，有错时按 E。</translation>
    </message>
    <message>
        <source>Asking the teacher…</source>
        <translation>正在询问教师模型…</translation>
    </message>
    <message>
        <source>the teacher answers the same again</source>
        <translation>教师模型给出了相同的回答</translation>
    </message>
    <message>
        <source>The teacher answers once more, another way; you judge its new answer here (R)</source>
        <translation>让教师模型换一种方式再答一次；新回答就在此处复核（R）</translation>
    </message>
    <message>
        <source>Undoes what was last done here (U or Ctrl+Z)</source>
        <translation>撤销在这里做的上一步（U 或 Ctrl+Z）</translation>
    </message>
</context>
<context>
    <name>minnow::RowEditor</name>
    <message>
        <source>The rows are being written just now</source>
        <translation>正在写入样本</translation>
    </message>
    <message>
        <source>Try again once the import, check or split is done.</source>
        <translation>导入、检查或划分完成后再试。</translation>
    </message>
    <message>
        <source>Row %1 was changed since</source>
        <translation>样本 %1 此后又被修改过</translation>
    </message>
    <message>
        <source>It is left as it is; change it by hand.</source>
        <translation>它保持原样；请手动修改。</translation>
    </message>
</context>
<context>
    <name>minnow::RowPanel</name>
    <message>
        <source>least sure value: %1</source>
        <comment>model probability</comment>
        <translation>置信度最低的值：%1</translation>
    </message>
    <message>
        <source>%1 prompt · %2 target · %3 end · %4 of at most %5</source>
        <translation>提示词 %1 · 目标 %2 · 结束 %3 · 共 %4，上限 %5</translation>
    </message>
    <message numerus="yes">
        <source>%n would be cut</source>
        <translation>
            <numerusform>将截断 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a row to see it in full.</source>
        <translation>选择一条样本，查看完整内容。</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Split of this row</source>
        <translation>这条样本所属的划分</translation>
    </message>
    <message>
        <source>As the model reads it</source>
        <translation>模型读到的形式</translation>
    </message>
    <message>
        <source>Tokens of the row</source>
        <translation>这条样本的词元</translation>
    </message>
    <message>
        <source>Keep changes</source>
        <translation>保留更改</translation>
    </message>
    <message>
        <source>Writes the changes into the project (Ctrl+Enter); they can be undone</source>
        <translation>将更改写入项目（Ctrl+Enter）；可以撤销</translation>
    </message>
    <message>
        <source>Revert</source>
        <translation>还原</translation>
    </message>
    <message>
        <source>Shows the row as it was</source>
        <translation>显示这条样本更改前的内容</translation>
    </message>
    <message>
        <source>Which split the row belongs to</source>
        <translation>这条样本属于哪个划分</translation>
    </message>
</context>
<context>
    <name>minnow::RowTableModel</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1，另有 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Deleted</source>
        <comment>a row that has gone since</comment>
        <translation>已删除</translation>
    </message>
</context>
<context>
    <name>minnow::RowTools</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Undo the last change of rows (Ctrl+Z)</source>
        <translation>撤销上一次对样本的更改（Ctrl+Z）</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Redo what was undone (Ctrl+Shift+Z)</source>
        <translation>重做已撤销的更改（Ctrl+Shift+Z）</translation>
    </message>
    <message>
        <source>Add a row</source>
        <translation>添加样本</translation>
    </message>
    <message>
        <source>Add an empty row at the end (Ctrl+Shift+N)</source>
        <translation>在末尾添加一条空样本（Ctrl+Shift+N）</translation>
    </message>
    <message>
        <source>Delete rows</source>
        <translation>删除样本</translation>
    </message>
    <message>
        <source>Delete the chosen rows (Delete)</source>
        <translation>删除所选样本（Delete）</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Copy, move to a split, save</source>
        <translation>复制、移到划分、保存</translation>
    </message>
    <message>
        <source>Copy the chosen rows</source>
        <translation>复制所选样本</translation>
    </message>
    <message>
        <source>Move to Train</source>
        <translation>移到训练集</translation>
    </message>
    <message>
        <source>Move to Validation</source>
        <translation>移到验证集</translation>
    </message>
    <message>
        <source>Move to Test</source>
        <translation>移到测试集</translation>
    </message>
    <message>
        <source>Take out of its split</source>
        <translation>移出所属划分</translation>
    </message>
    <message>
        <source>Save these rows as CSV…</source>
        <translation>将这些样本保存为 CSV…</translation>
    </message>
    <message>
        <source>Save these rows as TSV…</source>
        <translation>将这些样本保存为 TSV…</translation>
    </message>
    <message>
        <source>Save these rows as JSON Lines…</source>
        <translation>将这些样本保存为 JSON Lines…</translation>
    </message>
</context>
<context>
    <name>minnow::RowWords</name>
    <message>
        <source>Raw</source>
        <translation>未标注</translation>
    </message>
    <message>
        <source>Labelled</source>
        <translation>已标注</translation>
    </message>
    <message>
        <source>Needs review</source>
        <translation>需要复核</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>No split</source>
        <translation>未划分</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练集</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证集</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Text, word for word</source>
        <translation>文本，逐字照录</translation>
    </message>
    <message>
        <source>Province</source>
        <translation>省份</translation>
    </message>
    <message>
        <source>City</source>
        <translation>城市</translation>
    </message>
    <message>
        <source>District</source>
        <translation>区县</translation>
    </message>
    <message>
        <source>Phone number</source>
        <translation>电话号码</translation>
    </message>
    <message>
        <source>Person&apos;s name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Empty input</source>
        <translation>输入为空</translation>
    </message>
    <message>
        <source>Invalid JSON</source>
        <translation>无效 JSON</translation>
    </message>
    <message>
        <source>No JSON object</source>
        <translation>没有 JSON 对象</translation>
    </message>
    <message>
        <source>A key twice</source>
        <translation>键重复</translation>
    </message>
    <message>
        <source>Missing key</source>
        <translation>缺少键</translation>
    </message>
    <message>
        <source>Key that isn&apos;t asked for</source>
        <translation>多余的键</translation>
    </message>
    <message>
        <source>Empty value</source>
        <translation>值为空</translation>
    </message>
    <message>
        <source>Value not in the input</source>
        <translation>值不在输入中</translation>
    </message>
    <message>
        <source>Phone number shape</source>
        <translation>电话号码格式</translation>
    </message>
    <message>
        <source>Not a number</source>
        <translation>不是数字</translation>
    </message>
    <message>
        <source>Not a date</source>
        <translation>不是日期</translation>
    </message>
    <message>
        <source>Unknown place</source>
        <translation>未知地名</translation>
    </message>
    <message>
        <source>Places don&apos;t fit together</source>
        <translation>地名不匹配</translation>
    </message>
    <message>
        <source>Too long</source>
        <translation>过长</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Same input, another answer</source>
        <translation>输入相同，回答不同</translation>
    </message>
    <message>
        <source>Leaks into another split</source>
        <translation>泄漏到其他划分</translation>
    </message>
    <message>
        <source>Answer was cut</source>
        <translation>回答被截断</translation>
    </message>
    <message>
        <source>Teacher unsure</source>
        <translation>教师模型不确定</translation>
    </message>
    <message>
        <source>Sureness not known</source>
        <translation>把握程度未知</translation>
    </message>
    <message>
        <source>Unreadable row</source>
        <translation>无法读取的样本</translation>
    </message>
    <message>
        <source>Python instead of JSON</source>
        <translation>是 Python 而不是 JSON</translation>
    </message>
    <message>
        <source>JSON in a code fence</source>
        <translation>JSON 在代码块里</translation>
    </message>
    <message>
        <source>Words around the JSON</source>
        <translation>JSON 前后有文字</translation>
    </message>
    <message>
        <source>End token behind the JSON</source>
        <translation>JSON 后有结束标记</translation>
    </message>
    <message>
        <source>JSON inside a string</source>
        <translation>JSON 套在字符串里</translation>
    </message>
    <message>
        <source>Control token as text</source>
        <translation>文字中的控制标记</translation>
    </message>
    <message>
        <source>Damaged by a spreadsheet</source>
        <translation>被电子表格改坏</translation>
    </message>
    <message>
        <source>Choice</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Yes or no</source>
        <translation>是或否</translation>
    </message>
    <message>
        <source>List</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>Value of another type</source>
        <translation>值的类型不对</translation>
    </message>
    <message>
        <source>Not one of the values</source>
        <translation>不在可选值中</translation>
    </message>
</context>
<context>
    <name>minnow::RowsView</name>
    <message>
        <source>search stopped</source>
        <translation>搜索已停止</translation>
    </message>
    <message>
        <source>%1 rows: %2</source>
        <translation>%1 条：%2</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 条</translation>
    </message>
    <message>
        <source>%1 of %2 rows</source>
        <translation>%1 / %2 条</translation>
    </message>
    <message>
        <source>Filter rows</source>
        <translation>筛选样本</translation>
    </message>
    <message>
        <source>Words that must stand in the input or a value (Ctrl+F)</source>
        <translation>输入或值中必须出现的词（Ctrl+F）</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop the search; what was found stays</source>
        <translation>停止搜索；保留已找到的结果</translation>
    </message>
    <message>
        <source>Show all rows</source>
        <translation>显示所有样本</translation>
    </message>
    <message>
        <source>Clears the filter</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Search progress</source>
        <translation>搜索进度</translation>
    </message>
</context>
<context>
    <name>minnow::RunCurvesModel</name>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>轮</translation>
    </message>
    <message>
        <source>Train loss (nats per token)</source>
        <translation>训练损失（nats/词元）</translation>
    </message>
    <message>
        <source>Token accuracy</source>
        <translation>词元准确率</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>Tokens per second</source>
        <translation>词元/秒</translation>
    </message>
    <message>
        <source>Eval loss (nats per token)</source>
        <translation>验证损失（nats/词元）</translation>
    </message>
    <message>
        <source>Valid JSON</source>
        <translation>有效 JSON</translation>
    </message>
    <message>
        <source>Exact rows</source>
        <translation>完全正确的样本</translation>
    </message>
</context>
<context>
    <name>minnow::RunFigureChart</name>
    <message>
        <source>Share of rows exact and of valid JSON</source>
        <translation>完全正确的样本与有效 JSON 的占比</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>rows exact</source>
        <translation>完全正确</translation>
    </message>
    <message>
        <source>valid JSON</source>
        <translation>有效 JSON</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>Of the validation rows that were decoded: exactly right (solid), valid JSON (dashed)</source>
        <translation>解码的验证样本中：完全正确（实线）、有效 JSON（虚线）</translation>
    </message>
    <message>
        <source>Tokens/s</source>
        <translation>词元/秒</translation>
    </message>
    <message>
        <source>Rows exact</source>
        <translation>完全正确</translation>
    </message>
    <message>
        <source>exact</source>
        <extracomment>a curve&apos;s name, where there is little room: share of rows that are exactly right</extracomment>
        <translation>正确</translation>
    </message>
</context>
<context>
    <name>minnow::RunSelector</name>
    <message>
        <source>%1 (%2)</source>
        <comment>a run&apos;s own name, its version</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Run and checkpoint</source>
        <translation>运行与检查点</translation>
    </message>
    <message>
        <source>Which run and checkpoint Evaluate, Try and Export use</source>
        <translation>“评估”“试用”和“导出”使用哪次运行的哪个检查点</translation>
    </message>
    <message>
        <source>%1 · step %2</source>
        <comment>run, step</comment>
        <translation>%1 · 第 %2 步</translation>
    </message>
    <message>
        <source> ★ best</source>
        <comment>the best step of a run</comment>
        <translation> ★ 最佳</translation>
    </message>
    <message>
        <source>No run yet</source>
        <translation>还没有运行</translation>
    </message>
</context>
<context>
    <name>minnow::RunTable</name>
    <message>
        <source>Back to the run</source>
        <translation>返回运行</translation>
    </message>
    <message>
        <source>Closes this page</source>
        <translation>关闭此页</translation>
    </message>
    <message>
        <source>Runs of this project</source>
        <translation>本项目的运行</translation>
    </message>
    <message>
        <source>Of the settings, those in which runs differ have a column. A double click on a name or a note edits it.</source>
        <translation>各次运行之间不同的设置各占一列。双击名称或备注即可编辑。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Shows the chosen run&apos;s curves and verdict</source>
        <translation>显示所选运行的曲线和诊断</translation>
    </message>
    <message>
        <source>Use this one</source>
        <translation>使用这次运行</translation>
    </message>
    <message>
        <source>Evaluate, Try and Export use this run from now on</source>
        <translation>从现在起“评估”“试用”和“导出”使用这次运行</translation>
    </message>
    <message>
        <source>Copy table</source>
        <translation>复制表格</translation>
    </message>
    <message>
        <source>As tab-separated text</source>
        <translation>作为以制表符分隔的文本</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Removes the run with its checkpoints, curves and reports</source>
        <translation>删除这次运行及其检查点、曲线和报告</translation>
    </message>
</context>
<context>
    <name>minnow::RunView</name>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <translation>
            <numerusform>%Ln 步</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 steps</source>
        <translation>%1 / %2 步</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Running mean of train loss; the raw curve stays visible behind. Raising it: a calmer line that lags more.</source>
        <translation>训练损失的滑动平均；原始曲线仍显示在后方。调大：曲线更平稳，但滞后更多。</translation>
    </message>
    <message>
        <source>Log axis</source>
        <translation>对数坐标</translation>
    </message>
    <message>
        <source>Equal factors look equal: small losses become visible</source>
        <translation>相同倍数显示为相同间距，较小的损失也能看清</translation>
    </message>
    <message>
        <source>Save or copy the chart</source>
        <translation>保存或复制图表</translation>
    </message>
    <message>
        <source>No run yet</source>
        <translation>尚无运行</translation>
    </message>
    <message>
        <source>The curves of train and eval loss appear here as soon as a run starts.</source>
        <translation>运行开始后，训练损失和验证损失曲线会显示在这里。</translation>
    </message>
</context>
<context>
    <name>minnow::SaveSession</name>
    <message>
        <source>Saving %1</source>
        <translation>正在保存 %1</translation>
    </message>
</context>
<context>
    <name>minnow::Session</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>minnow::SettingsPanel</name>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>How often the run goes over all rows. Raising it: longer training, lower train loss; past some point the rows are memorised and eval loss rises (overfitting).</source>
        <translation>遍历全部样本的次数。调高：训练更久，训练损失更低；超过一定程度后模型会死记样本，验证损失回升（过拟合）。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>How far each step moves the weights. Raising it: faster learning, until the loss jumps about or grows (diverging).</source>
        <translation>每一步移动权重的幅度。调高：学得更快，直到损失跳动或上升（发散）。</translation>
    </message>
    <message>
        <source>LoRA rank</source>
        <translation>LoRA 秩</translation>
    </message>
    <message>
        <source>Width of the adapter. Raising it: more capacity to learn, a larger adapter, slightly slower steps, sooner overfitting. The adapter&apos;s scale is alpha divided by rank.</source>
        <translation>适配器的宽度。调高：学习容量更大，适配器更大，每步略慢，更早过拟合。适配器的缩放系数为 alpha 除以秩。</translation>
    </message>
    <message>
        <source>Batches</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Rows of one micro-batch. A step covers batch size times accumulation rows. Raising it: smoother gradients, fewer steps per epoch.</source>
        <translation>一个微批次的样本数。一步涵盖的样本数为批大小乘以梯度累积。调高：梯度更平滑，每轮步数更少。</translation>
    </message>
    <message>
        <source>Accumulation</source>
        <translation>梯度累积</translation>
    </message>
    <message>
        <source>Micro-batches summed before the weights move. Raising it: as a larger batch, without more memory.</source>
        <translation>权重更新前累加的微批次数。调高：效果如同更大的批次，但不占用更多内存。</translation>
    </message>
    <message>
        <source>Step limit</source>
        <translation>最大步数</translation>
    </message>
    <message>
        <source>Above 0 the run takes exactly so many steps, whatever the epochs say. Raising it: a longer run.</source>
        <translation>大于 0 时，无论轮数如何，运行恰好执行这么多步。调高：运行更久。</translation>
    </message>
    <message>
        <source>Tokens at once</source>
        <translation>单次计算词元数</translation>
    </message>
    <message>
        <source>Tokens computed together; 0 chooses by the memory there is. Raising it: more memory, often faster; the result is the same up to rounding.</source>
        <translation>一起计算的词元数；0 表示按可用内存选择。调高：占用更多内存，通常更快；除舍入误差外结果相同。</translation>
    </message>
    <message>
        <source>Longest row</source>
        <translation>最大长度</translation>
    </message>
    <message>
        <source>Tokens a row may have. Rows above it stop the start, unless one of the two settings below allows otherwise. Raising it: longer rows are learned from, at more memory.</source>
        <translation>一条样本允许的词元数。若有样本超出，则不能开始训练，除非由下面两项设置之一放行。调高：可学习更长的样本，占用更多内存。</translation>
    </message>
    <message>
        <source>Cut long rows</source>
        <translation>截断超长样本</translation>
    </message>
    <message>
        <source>On: rows over the limit are cut, and their end is never learned.</source>
        <translation>开启：超长样本会被截断，末尾部分学不到。</translation>
    </message>
    <message>
        <source>Leave long rows out</source>
        <translation>舍弃超长样本</translation>
    </message>
    <message>
        <source>On: rows over the limit aren&apos;t trained on at all.</source>
        <translation>开启：超长样本完全不参与训练。</translation>
    </message>
    <message>
        <source>Shuffle rows</source>
        <translation>打乱样本顺序</translation>
    </message>
    <message>
        <source>On: every epoch sees the rows in another order, drawn by the data seed.</source>
        <translation>开启：每轮按不同的顺序遍历样本，顺序由数据随机种子决定。</translation>
    </message>
    <message>
        <source>Adapter</source>
        <translation>适配器</translation>
    </message>
    <message>
        <source>LoRA alpha</source>
        <translation>LoRA alpha</translation>
    </message>
    <message>
        <source>Scale of the adapter before it is divided by the rank. Raising it: a stronger adapter, as a higher learning rate would give.</source>
        <translation>适配器除以秩之前的缩放系数。调高：适配器作用更强，效果如同更高的学习率。</translation>
    </message>
    <message>
        <source>Divide by root of rank</source>
        <translation>除以秩的平方根</translation>
    </message>
    <message>
        <source>On (rsLoRA): the scale is alpha divided by the square root of the rank, which keeps high ranks effective.</source>
        <translation>开启（rsLoRA）：缩放系数为 alpha 除以秩的平方根，使高秩保持有效。</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>优化与调度</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>constant</source>
        <translation>恒定</translation>
    </message>
    <message>
        <source>Learning-rate schedule</source>
        <translation>学习率调度</translation>
    </message>
    <message>
        <source>How the learning rate goes after warm-up: down a cosine or a straight line to 0, or not at all.</source>
        <translation>预热后学习率的变化方式：沿余弦曲线或直线降到 0，或保持不变。</translation>
    </message>
    <message>
        <source>Warm-up share</source>
        <translation>预热比例</translation>
    </message>
    <message>
        <source>Share of the steps over which the learning rate rises from 0. Raising it: a gentler start, less time at the full rate.</source>
        <translation>学习率从 0 上升所用步数的占比。调高：起步更平缓，以完整学习率训练的时间更少。</translation>
    </message>
    <message>
        <source>Warm-up steps</source>
        <translation>预热步数</translation>
    </message>
    <message>
        <source>The same in steps; above 0 it wins over the share. Raising it: a gentler start.</source>
        <translation>同上，以步数计；大于 0 时优先于占比。调高：起步更平缓。</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>Pulls the adapter towards 0 at each step. Raising it: less overfitting, slower learning.</source>
        <translation>每一步将适配器拉向 0。调高：过拟合更少，学得更慢。</translation>
    </message>
    <message>
        <source>Gradient clipping</source>
        <translation>梯度裁剪</translation>
    </message>
    <message>
        <source>Longer gradients are shortened to this length. Raising it: outliers among the rows move the weights further.</source>
        <translation>超过此长度的梯度会缩短到此长度。调高：异常样本对权重的影响更大。</translation>
    </message>
    <message>
        <source>Adam beta 1</source>
        <translation>Adam beta 1</translation>
    </message>
    <message>
        <source>Memory of the gradient&apos;s mean. Raising it: smoother, slower to turn.</source>
        <translation>对梯度均值的记忆。调高：更平滑，转向更慢。</translation>
    </message>
    <message>
        <source>Adam beta 2</source>
        <translation>Adam beta 2</translation>
    </message>
    <message>
        <source>Memory of the gradient&apos;s square. Raising it: steadier step sizes, slower to adapt.</source>
        <translation>对梯度平方的记忆。调高：步长更稳定，适应更慢。</translation>
    </message>
    <message>
        <source>Adam epsilon</source>
        <translation>Adam epsilon</translation>
    </message>
    <message>
        <source>Keeps the division from blowing up. Raising it: smaller steps where gradients are tiny.</source>
        <translation>防止除法结果过大。调高：梯度极小处步长更小。</translation>
    </message>
    <message>
        <source>Evaluation and checkpoints</source>
        <translation>评估与检查点</translation>
    </message>
    <message>
        <source>Evaluate every … steps</source>
        <translation>评估间隔（步）</translation>
    </message>
    <message>
        <source>0: as often as checkpoints are saved. Raising it: fewer points on the eval curve, less time spent on them. The verdict needs five.</source>
        <translation>0：与保存检查点的频率相同。调高：验证曲线上的点更少，评估耗时更少。判断结论需要五个点。</translation>
    </message>
    <message>
        <source>Save every … steps</source>
        <translation>保存间隔（步）</translation>
    </message>
    <message>
        <source>0: ten times per run. Raising it: fewer checkpoints to go back to.</source>
        <translation>0：每次运行保存十次。调高：可回退的检查点更少。</translation>
    </message>
    <message>
        <source>Save at least every … minutes</source>
        <translation>最长保存间隔（分钟）</translation>
    </message>
    <message>
        <source>Raising it: more work is repeated after a crash, less is written.</source>
        <translation>调高：崩溃后要重做的工作更多，写入更少。</translation>
    </message>
    <message>
        <source>Checkpoints kept</source>
        <translation>保留的检查点数</translation>
    </message>
    <message>
        <source>The newest and the best are always kept; 0 keeps all. Raising it: more disk space, more steps to go back to.</source>
        <translation>最新和最佳的检查点始终保留；0 表示全部保留。调高：占用更多磁盘空间，可回退的步更多。</translation>
    </message>
    <message>
        <source>Stop early after … evaluations</source>
        <translation>早停耐心值（评估次数）</translation>
    </message>
    <message>
        <source>Evaluations without a better one after which the run ends; 0: never. Raising it: more patience.</source>
        <translation>连续多少次评估没有改善就结束训练；0：不早停。调高：等得更久。</translation>
    </message>
    <message>
        <source>Rows decoded for the score</source>
        <translation>评分样本数</translation>
    </message>
    <message>
        <source>Validation rows answered at each evaluation for the share that is exactly right; 0: none. Raising it: a steadier score, more time (at most a tenth of the run).</source>
        <translation>每次评估时作答的验证样本数，用于计算完全正确的占比；0：不作答。调高：得分更稳定，耗时更多（最多占训练的十分之一）。</translation>
    </message>
    <message>
        <source>lowest eval loss</source>
        <translation>验证损失最低</translation>
    </message>
    <message>
        <source>most exact rows</source>
        <translation>完全正确的样本最多</translation>
    </message>
    <message>
        <source>Best step is the one with</source>
        <translation>最佳步依据</translation>
    </message>
    <message>
        <source>What the star on the curve stands for, and which checkpoint is used afterwards.</source>
        <translation>曲线上星号的含义，以及之后使用哪个检查点。</translation>
    </message>
    <message>
        <source>Machine and chance</source>
        <translation>设备与随机性</translation>
    </message>
    <message>
        <source>the faster here</source>
        <translation>本机较快者</translation>
    </message>
    <message>
        <source>Compute type</source>
        <translation>计算精度</translation>
    </message>
    <message>
        <source>bfloat16 halves the memory and is faster on recent processors, float32 is exact to more digits.</source>
        <translation>bfloat16 占用内存减半，在较新的处理器上更快；float32 的精确位数更多。</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>0: all processors. Raising it, up to the number of cores: faster, at the cost of other programs.</source>
        <translation>0：所有处理器。调高（不超过核心数）：更快，但会影响其他程序。</translation>
    </message>
    <message>
        <source>Compute activations twice</source>
        <translation>激活重计算</translation>
    </message>
    <message>
        <source>On: less memory, steps a third longer. Switched on by itself where memory is short.</source>
        <translation>开启：占用内存更少，每步耗时约增加三分之一。内存不足时自动开启。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Chance in the adapter&apos;s first values. The same seed gives the same run.</source>
        <translation>决定适配器初始值的随机性。种子相同，训练过程相同。</translation>
    </message>
    <message>
        <source>Data seed</source>
        <translation>数据随机种子</translation>
    </message>
    <message>
        <source>Chance in the order of the rows. The same seed gives the same order.</source>
        <translation>决定样本顺序的随机性。种子相同，顺序相同。</translation>
    </message>
    <message>
        <source>All settings</source>
        <translation>所有设置</translation>
    </message>
    <message>
        <source>Everything else that can be set; the recipe has chosen it already.</source>
        <translation>其余全部设置；所选方案已为它们定好取值。</translation>
    </message>
    <message>
        <source>Train on unreviewed rows</source>
        <translation>训练未复核的行</translation>
    </message>
    <message>
        <source>On: rows that a teacher labelled and that need review are trained on as they are. Off: only once they are accepted on Label.</source>
        <translation>开启：教师标注但需要复核的行按原样参与训练。关闭：只有在“标注”页接受后才参与训练。</translation>
    </message>
    <message>
        <source>LoRA dropout</source>
        <translation>LoRA dropout</translation>
    </message>
    <message>
        <source>Share of the adapter&apos;s inputs that is left out at random. Raising it: less overfitting, and slower steps, since rows then can&apos;t share their common beginning.</source>
        <translation>随机略去的适配器输入所占的比例。调高：过拟合更少，但每步更慢，因为各行无法再共享相同的开头。</translation>
    </message>
    <message>
        <source>by measuring</source>
        <translation>由测量决定</translation>
    </message>
    <message>
        <source>Time limit, minutes</source>
        <translation>时限（分钟）</translation>
    </message>
    <message>
        <source>The run ends after so long and keeps what is done; 0: no limit. Recipe Auto plans the run to fit, and for 15 minutes where this is 0. Raising it: more steps where time is short.</source>
        <translation>到时结束训练并保留已有成果；0 表示不限时。方案“自动”会按时限安排训练，为 0 时按 15 分钟安排。调高：时间紧时步数更多。</translation>
    </message>
</context>
<context>
    <name>minnow::ShortcutsDialog</name>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>Start, Model, Data … Export</source>
        <translation>开始、模型、数据……导出</translation>
    </message>
    <message>
        <source>Press the button that has the focus</source>
        <translation>按下有焦点的按钮</translation>
    </message>
    <message>
        <source>On to the next field</source>
        <translation>前往下一个输入框</translation>
    </message>
    <message>
        <source>Data: filter the rows</source>
        <translation>数据：筛选样本</translation>
    </message>
    <message>
        <source>Data: edit the cell</source>
        <translation>数据：编辑单元格</translation>
    </message>
    <message>
        <source>Data: choose all rows that are shown</source>
        <translation>数据：选择显示的全部样本</translation>
    </message>
    <message>
        <source>Data: delete the chosen rows; it can be undone</source>
        <translation>数据：删除所选样本；可以撤销</translation>
    </message>
    <message>
        <source>Data and Review: take the last change back</source>
        <translation>数据与复核：撤销上一次更改</translation>
    </message>
    <message>
        <source>Data: do it again</source>
        <translation>数据：重做</translation>
    </message>
    <message>
        <source>Data: add an empty row</source>
        <translation>数据：添加空样本</translation>
    </message>
    <message>
        <source>Data: keep what was typed into the row; Try: ask</source>
        <translation>数据：保存该样本的修改；试用：提问</translation>
    </message>
    <message>
        <source>Copy the chosen rows as a table</source>
        <translation>将所选样本复制为表格</translation>
    </message>
    <message>
        <source>Close Minnow</source>
        <translation>关闭 Minnow</translation>
    </message>
    <message>
        <source>%1 or ?</source>
        <translation>%1 或 ?</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>此列表</translation>
    </message>
</context>
<context>
    <name>minnow::SplitView</name>
    <message>
        <source>to train on</source>
        <translation>用于训练</translation>
    </message>
    <message>
        <source>to validate</source>
        <translation>用于验证</translation>
    </message>
    <message>
        <source>to test</source>
        <translation>用于测试</translation>
    </message>
    <message>
        <source>As the rows are now</source>
        <translation>当前划分情况</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证集</translation>
    </message>
    <message>
        <source>Rows that show while training whether the model fits; more of them make the curve steadier</source>
        <translation>训练时用来观察模型拟合情况的样本；样本数越多，曲线越平稳</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>Rows kept for the before and after comparison; more of them make its figures surer</source>
        <translation>留作微调前后对比的样本；样本数越多，对比数字越可靠</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>条</translation>
    </message>
    <message>
        <source>Share or count</source>
        <translation>比例或条数</translation>
    </message>
    <message>
        <source>A share of all labelled rows, or a number of rows</source>
        <translation>占全部已标注样本的比例，或具体条数</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Nearly the same from</source>
        <translation>近似重复阈值</translation>
    </message>
    <message>
        <source>Show these rows</source>
        <translation>显示这些样本</translation>
    </message>
    <message>
        <source>Goes to the table and shows only them</source>
        <translation>转到样本表，只显示这些样本</translation>
    </message>
    <message>
        <source>in no split</source>
        <translation>未划分</translation>
    </message>
    <message>
        <source>No validation or test row nearly stands in another split.</source>
        <translation>验证集和测试集中没有与其他划分近似重复的样本。</translation>
    </message>
    <message>
        <source>%1 validation or test rows nearly stand in another split.</source>
        <translation>验证集和测试集中有 %1 条与其他划分近似重复。</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Another seed puts other rows into the splits</source>
        <translation>换一个随机种子，各划分会分到不同的样本</translation>
    </message>
    <message>
        <source>Rows this similar stay in one split; lower keeps more of them together</source>
        <translation>相似度达到此值的样本归入同一划分；调低会让更多样本归在一起</translation>
    </message>
    <message>
        <source>Rows that are in a split stay there</source>
        <translation>已划分的样本保持不变</translation>
    </message>
    <message>
        <source>Only rows without a split are put into one</source>
        <translation>只划分尚未划分的样本</translation>
    </message>
    <message>
        <source>Rows without an answer stay outside. Rows that are nearly the same stay in one split, so what is measured hasn&apos;t been trained on.</source>
        <translation>没有回答的样本不参与划分。近似重复的样本归入同一划分，因此评测用到的内容不会在训练中出现过。</translation>
    </message>
</context>
<context>
    <name>minnow::Stage</name>
    <message>
        <source>%1 is still running; this starts when it is done. Until then it can be cancelled.</source>
        <translation>“%1”仍在运行；它完成后这里就会开始。在那之前可以取消。</translation>
    </message>
</context>
<context>
    <name>minnow::StageButton</name>
    <message>
        <source>can be done now</source>
        <translation>可以进行</translation>
    </message>
    <message>
        <source>running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>needs a look</source>
        <translation>需要查看</translation>
    </message>
</context>
<context>
    <name>minnow::StagePage</name>
    <message>
        <source>On to the next stage</source>
        <translation>前往下一步</translation>
    </message>
</context>
<context>
    <name>minnow::StartPage</name>
    <message>
        <source>Open a project</source>
        <translation>打开项目</translation>
    </message>
    <message>
        <source>System language</source>
        <translation>系统语言</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>新建项目</translation>
    </message>
    <message>
        <source>Welcome to Minnow</source>
        <translation>欢迎使用 Minnow</translation>
    </message>
    <message>
        <source>A project is a folder: its task, its rows, its runs.</source>
        <translation>项目就是一个文件夹，包含任务、样本和运行。</translation>
    </message>
    <message>
        <source>Teach a small language model one task, on this machine, and prove that it learned it.</source>
        <translation>在这台机器上教会一个小语言模型一项任务，并证明它学会了。</translation>
    </message>
    <message>
        <source>Create the project</source>
        <translation>创建项目</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Open the demo project</source>
        <translation>打开演示项目</translation>
    </message>
    <message>
        <source>Make the folder and open the project</source>
        <translation>创建文件夹并打开项目</translation>
    </message>
    <message>
        <source>Go on with the next stage of this project</source>
        <translation>继续此项目的下一阶段</translation>
    </message>
    <message>
        <source>Make a project with example rows and the bundled model, and open it</source>
        <translation>用示例样本和内置模型创建项目并打开</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n 次运行</numerusform>
        </translation>
    </message>
    <message>
        <source>open for reading only</source>
        <translation>以只读方式打开</translation>
    </message>
    <message>
        <source>Resume training</source>
        <translation>恢复训练</translation>
    </message>
    <message>
        <source>Go on from the last checkpoint, as if it had never stopped</source>
        <translation>从最后一个检查点继续，如同从未中断</translation>
    </message>
    <message>
        <source>Demo: delivery addresses</source>
        <translation>演示：收货地址</translation>
    </message>
    <message>
        <source>A complete example that needs nothing downloaded: 8,000 made-up Chinese delivery texts with known answers, and a very small model that has never seen the task.</source>
        <translation>无需下载的完整示例：8,000 条虚构的中文收货文本，答案已知，外加一个从未见过此任务的极小模型。</translation>
    </message>
    <message>
        <source>Train it in a few minutes, compare it before and after on unseen rows, then try your own texts.</source>
        <translation>几分钟训练完成，在未见过的样本上对比微调前后，再试试自己的文本。</translation>
    </message>
    <message>
        <source>Make another demo project and open it</source>
        <translation>再创建一个演示项目并打开</translation>
    </message>
    <message>
        <source>Your own task</source>
        <translation>自己的任务</translation>
    </message>
    <message>
        <source>New project …</source>
        <translation>新建项目…</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>最近的项目</translation>
    </message>
    <message>
        <source>Projects that you open are listed here.</source>
        <translation>打开过的项目会列在这里。</translation>
    </message>
    <message>
        <source>Open a folder …</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Open a project that isn&apos;t in the list</source>
        <translation>打开不在列表中的项目</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Back to the start page; nothing is made</source>
        <translation>返回开始页，不创建任何内容</translation>
    </message>
    <message>
        <source>Language of this window; changes at once</source>
        <translation>此窗口的语言，立即生效</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Light or dark colours; changes at once</source>
        <translation>浅色或深色，立即生效</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>System theme</source>
        <translation>系统主题</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Current project</source>
        <translation>当前项目</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln 条样本</numerusform>
        </translation>
    </message>
    <message>
        <source>Name the fields you want out of a text, take a template, or drop a CSV or JSON file here: its columns suggest the fields.</source>
        <translation>写出要从文本中提取的字段，选用模板，或把 CSV、JSON 文件拖到这里，由它的列推测字段。</translation>
    </message>
    <message>
        <source>Name a folder and the fields of the answer, or begin with a template or a file</source>
        <translation>指定文件夹和答案的字段，或从模板、文件开始</translation>
    </message>
</context>
<context>
    <name>minnow::StartStage</name>
    <message>
        <source>Opening the project …</source>
        <translation>正在打开项目…</translation>
    </message>
    <message>
        <source>The run %1 stopped at step %2 of %3.</source>
        <translation>运行 %1 停在第 %2 步（共 %3 步）。</translation>
    </message>
    <message>
        <source>Delivery addresses</source>
        <translation>收件信息</translation>
    </message>
    <message>
        <source>%1 is still running in this project. Cancel it below, or wait for its end, before you open another.</source>
        <translation>此项目中仍在进行：%1。请先在下方取消或等它结束，再打开另一个项目。</translation>
    </message>
    <message>
        <source>Reading %1 …</source>
        <translation>正在读取 %1 …</translation>
    </message>
</context>
<context>
    <name>minnow::StatusPanel</name>
    <message>
        <source>Looking at this machine …</source>
        <translation>正在检测本机…</translation>
    </message>
    <message>
        <source>Memory %1 of %2 GB</source>
        <extracomment>memory in use of all there is, in gigabytes</extracomment>
        <translation>内存 %1 / %2 GB</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stop what is running; what is done so far is kept</source>
        <translation>停止当前操作；已完成的部分会保留</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Nothing is running</source>
        <translation>没有正在进行的操作</translation>
    </message>
    <message>
        <source>%1, paused</source>
        <extracomment>%1 is what is running, e.g. Training</extracomment>
        <translation>%1，已暂停</translation>
    </message>
    <message>
        <source>%1: %2 of %3 %4</source>
        <comment>what, done, total, unit</comment>
        <translation>%1：%2 / %3 %4</translation>
    </message>
    <message>
        <source>%1: %2 %3</source>
        <comment>what, done, unit</comment>
        <translation>%1：%2 %3</translation>
    </message>
    <message>
        <source>%1 %2/s</source>
        <comment>rate, unit</comment>
        <translation>%1 %2/秒</translation>
    </message>
    <message>
        <source>%1 left</source>
        <comment>a duration</comment>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>What Minnow holds now, of what this machine has</source>
        <translation>Minnow 当前占用的内存，以及本机内存总量</translation>
    </message>
    <message>
        <source>What starts when the running job is done</source>
        <translation>当前任务完成后将开始的任务</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>what is running, Cancel</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 is waiting</source>
        <extracomment>%1 is what waits for its turn, e.g. Evaluating</extracomment>
        <translation>%1：排队中</translation>
    </message>
    <message numerus="yes">
        <source>%Ln waiting</source>
        <translation>
            <numerusform>%Ln 个排队中</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel: %1</source>
        <comment>what waits</comment>
        <translation>取消：%1</translation>
    </message>
</context>
<context>
    <name>minnow::TaskView</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Name of the task</source>
        <translation>任务名称</translation>
    </message>
    <message>
        <source>What the project is called</source>
        <translation>项目的名称</translation>
    </message>
    <message>
        <source>Prompt style</source>
        <translation>提示词格式</translation>
    </message>
    <message>
        <source>No thinking (the model&apos;s own template)</source>
        <translation>不思考（模型自带模板）</translation>
    </message>
    <message>
        <source>As ms-swift 3.5 trained</source>
        <translation>与 ms-swift 3.5 训练时一致</translation>
    </message>
    <message>
        <source>What stands before the answer. Keep the first one, unless you go on with an adapter that ms-swift 3.5 made</source>
        <translation>回答之前的内容。保留第一项，除非要接着训练由 ms-swift 3.5 生成的适配器</translation>
    </message>
    <message>
        <source>Fields of the answer</source>
        <translation>回答的字段</translation>
    </message>
    <message>
        <source>Concise prompt</source>
        <translation>简洁提示词</translation>
    </message>
    <message>
        <source>What the tuned student is asked with, and trained on. Short: it needn&apos;t explain.</source>
        <translation>用来询问已微调的学生模型，也用于训练。简短即可，无需解释。</translation>
    </message>
    <message>
        <source>Detailed prompt</source>
        <translation>详细提示词</translation>
    </message>
    <message>
        <source>What a teacher and the untuned model are asked with. It explains everything, with examples.</source>
        <translation>用来询问教师模型和未微调模型。说明完整，并附示例。</translation>
    </message>
</context>
<context>
    <name>minnow::TokenReader</name>
    <message>
        <source>Choose a student under Model to see the row&apos;s tokens.</source>
        <translation>在“模型”中选择学生模型后，可查看该样本的词元。</translation>
    </message>
    <message>
        <source>The student&apos;s tokenizer can&apos;t be read.</source>
        <translation>无法读取学生模型的分词器。</translation>
    </message>
</context>
<context>
    <name>minnow::TokenStrip</name>
    <message>
        <source>token %1, id %2</source>
        <translation>词元 %1，ID %2</translation>
    </message>
</context>
<context>
    <name>minnow::TrainPage</name>
    <message>
        <source>Saved: %1</source>
        <translation>已保存：%1</translation>
    </message>
    <message>
        <source>Reading the rows and opening the model…</source>
        <translation>正在读取样本并打开模型…</translation>
    </message>
    <message>
        <source>Stopping; what is done is kept…</source>
        <translation>正在停止，已完成的部分会保留…</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Resume %1 at step %2</source>
        <translation>从第 %2 步恢复 %1</translation>
    </message>
    <message>
        <source>%1 ended at step %2 of %3; it goes on from its newest checkpoint as if it had never stopped.</source>
        <translation>%1 停在第 %2 步（共 %3 步）；将从最新检查点继续，如同从未中断。</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>On to the stage Evaluate: is the tuned model better on unseen rows?</source>
        <translation>前往“评估”阶段：微调后的模型在未见过的样本上是否更好？</translation>
    </message>
    <message>
        <source>Starts a new run with these settings</source>
        <translation>用这些设置开始新的运行</translation>
    </message>
    <message>
        <source>Fit a LoRA adapter to the labelled rows and watch how well it fits.</source>
        <translation>用已标注的样本训练 LoRA 适配器，并观察拟合情况。</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Tutorial</source>
        <translation>教程</translation>
    </message>
    <message>
        <source>Quick</source>
        <translation>快速</translation>
    </message>
    <message>
        <source>Thorough</source>
        <translation>充分</translation>
    </message>
    <message>
        <source>Demo</source>
        <translation>演示</translation>
    </message>
    <message>
        <source>The settings of the original tutorial&apos;s run</source>
        <translation>原教程所用的训练设置</translation>
    </message>
    <message>
        <source>Two epochs, to see whether it works</source>
        <translation>两轮，看看是否可行</translation>
    </message>
    <message>
        <source>Eight epochs, rank 16, stops early when it no longer helps</source>
        <translation>八轮，秩 16，不再有改善时提前停止</translation>
    </message>
    <message>
        <source>For the bundled tiny model: some minutes on two cores</source>
        <translation>用于内置的极小模型：双核约需几分钟</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>自定义</translation>
    </message>
    <message>
        <source>A set of settings to start from; changing one makes it Custom</source>
        <translation>一组起始设置；改动任一项即变为“自定义”</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>拟合</translation>
    </message>
    <message>
        <source>Earlier runs</source>
        <translation>历史运行</translation>
    </message>
    <message>
        <source>Stop and keep</source>
        <translation>停止并保留</translation>
    </message>
    <message>
        <source>Ends the run within a second; what is done is kept as a checkpoint and can be resumed</source>
        <translation>在一秒内结束运行；已完成的部分存为检查点，可恢复训练</translation>
    </message>
    <message>
        <source>Holds the run between two steps; Try answers meanwhile</source>
        <translation>在两步之间暂停运行；其间“试用”可以作答</translation>
    </message>
    <message>
        <source>Train again</source>
        <translation>再次训练</translation>
    </message>
    <message>
        <source>Starts another run with the settings as they stand</source>
        <translation>用当前设置开始另一次运行</translation>
    </message>
    <message>
        <source>Waiting for its turn…</source>
        <translation>正在排队等候…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Under way in another Minnow: step %1 of %2</source>
        <translation>正在另一个 Minnow 中进行：第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>Trying learning rates: %1 of %2</source>
        <translation>正在试探学习率：%1 / %2</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Chooses rows per step, epochs, learning rate and rank by measuring, within the time limit</source>
        <translation>通过测量选择每步条数、轮数、学习率和秩，不超出时限</translation>
    </message>
</context>
<context>
    <name>minnow::TrainSession</name>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Stop and keep</source>
        <translation>停止并保留</translation>
    </message>
</context>
<context>
    <name>minnow::TrainStage</name>
    <message>
        <source>Open a project first, on Start.</source>
        <translation>先在“开始”中打开项目。</translation>
    </message>
    <message>
        <source>Choose a student first, on Model.</source>
        <translation>先在“模型”中选择学生模型。</translation>
    </message>
    <message>
        <source>There are no rows yet: import some on Data.</source>
        <translation>还没有样本：先在“数据”中导入。</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>新建运行</translation>
    </message>
    <message>
        <source>Stopped before its first step: there was nothing to keep.</source>
        <translation>在第一步之前就停止了：没有可保留的内容。</translation>
    </message>
    <message>
        <source>Evaluate, Try and Export use %1, step %2.</source>
        <translation>“评估”“试用”和“导出”使用 %1 的第 %2 步。</translation>
    </message>
    <message>
        <source>Delete a run</source>
        <translation>删除运行</translation>
    </message>
    <message>
        <source>Delete %1 for good?</source>
        <comment>a run</comment>
        <translation>要永久删除 %1 吗？</translation>
    </message>
    <message>
        <source>Its checkpoints, curves and reports go with it; this can&apos;t be undone.</source>
        <translation>其检查点、曲线和报告会一并删除；此操作无法撤销。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>minnow::TryPage</name>
    <message numerus="yes">
        <source>%Ln text(s): %1</source>
        <translation>
            <numerusform>%Ln 条文本：%1</numerusform>
        </translation>
    </message>
    <message>
        <source>Export the table</source>
        <translation>导出表格</translation>
    </message>
    <message>
        <source>The model is answering.</source>
        <translation>模型正在回答。</translation>
    </message>
    <message>
        <source>Choose whom to ask: before, after or both.</source>
        <translation>选择询问微调前、微调后的模型，或两者。</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>试用</translation>
    </message>
    <message>
        <source>Type a text and see what the untuned and the tuned model make of it, side by side.</source>
        <translation>输入文本，并排对比微调前、微调后的结果。</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>Texts</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>微调前</translation>
    </message>
    <message>
        <source>Ask the untuned model, with the detailed prompt</source>
        <translation>用详细提示词询问未微调模型</translation>
    </message>
    <message>
        <source>After</source>
        <translation>微调后</translation>
    </message>
    <message>
        <source>Ask the tuned model, with the concise prompt; needs a trained adapter</source>
        <translation>用简洁提示词询问微调后的模型；需要训练好的适配器</translation>
    </message>
    <message>
        <source>Only valid JSON</source>
        <translation>强制输出有效 JSON</translation>
    </message>
    <message>
        <source>Let the model choose only tokens that keep the answer this task&apos;s JSON; hides whether it learned the form</source>
        <translation>只允许模型选择使回答符合此任务 JSON 的词元；会掩盖它是否学会了格式</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>0 takes the likeliest token each time; raising it makes answers vary more</source>
        <translation>0 表示每次取概率最高的词元；调大则回答变化更多</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>最大回答长度</translation>
    </message>
    <message>
        <source>Tokens after which an answer is cut off; raising it lets longer answers finish and runaway ones last longer</source>
        <translation>回答达到此词元数即被截断；调大可让较长的回答写完，但失控的回答也会持续更久</translation>
    </message>
    <message>
        <source>Longest answer in tokens</source>
        <translation>回答的最大词元数</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>Texts asked about before</source>
        <translation>之前提问过的文本</translation>
    </message>
    <message>
        <source>Click to ask about these texts again</source>
        <translation>单击可再次就这些文本提问</translation>
    </message>
    <message>
        <source>Input, with the values found in it</source>
        <translation>输入，标出其中找到的值</translation>
    </message>
    <message>
        <source>Answers to all texts</source>
        <translation>所有文本的回答</translation>
    </message>
    <message>
        <source>Save or copy the table of answers</source>
        <translation>保存或复制回答表格</translation>
    </message>
    <message>
        <source>Save as TSV …</source>
        <translation>保存为 TSV…</translation>
    </message>
    <message>
        <source>Save as CSV …</source>
        <translation>保存为 CSV…</translation>
    </message>
    <message>
        <source>Save as JSONL …</source>
        <translation>保存为 JSONL…</translation>
    </message>
    <message>
        <source>Copy as TSV</source>
        <translation>复制为 TSV</translation>
    </message>
    <message>
        <source>Add to data</source>
        <translation>加入数据</translation>
    </message>
    <message>
        <source>Put the shown text into this project&apos;s rows</source>
        <translation>将显示的文本加入此项目的样本</translation>
    </message>
    <message>
        <source>As a row to review, with this answer</source>
        <translation>作为待复核的样本，附上此回答</translation>
    </message>
    <message>
        <source>As a row without an answer</source>
        <translation>作为没有回答的样本</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop asking; answers so far stay</source>
        <translation>停止提问；已有的回答会保留</translation>
    </message>
    <message>
        <source>Type or paste a text.</source>
        <translation>输入或粘贴一段文本。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln text(s)</source>
        <translation>
            <numerusform>%Ln 段文本</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln lines, one text</source>
        <translation>
            <numerusform>%Ln 行，一段文本</numerusform>
        </translation>
    </message>
    <message>
        <source>Ask about what is typed (Ctrl+Enter)</source>
        <translation>询问输入的内容（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>Type or paste a text; it may have several lines.</source>
        <translation>输入或粘贴一段文本；可以有多行。</translation>
    </message>
    <message>
        <source>Text to ask about</source>
        <translation>要询问的文本</translation>
    </message>
    <message>
        <source>A text with line breaks is one text, unless each line is to be one</source>
        <translation>带换行的文本是一段文本，除非选择每行各为一段</translation>
    </message>
    <message>
        <source>Each line is a text of its own</source>
        <translation>每行各为一段文本</translation>
    </message>
    <message>
        <source>For lists: paste up to thousands of lines, each is asked about</source>
        <translation>用于列表：可粘贴数千行，逐行询问</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Save answers</source>
        <translation>保存回答</translation>
    </message>
    <message>
        <source>Take the model away</source>
        <translation>导出模型</translation>
    </message>
    <message>
        <source>On to the stage Export</source>
        <translation>前往“导出”阶段</translation>
    </message>
</context>
<context>
    <name>minnow::TryResultsModel</name>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>微调前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>微调后</translation>
    </message>
    <message>
        <source>Waiting</source>
        <extracomment>an answer that hasn&apos;t begun</extracomment>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Writing …</source>
        <translation>正在书写…</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Too long</source>
        <translation>过长</translation>
    </message>
    <message>
        <source>Not JSON</source>
        <translation>非 JSON</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>有效</translation>
    </message>
    <message>
        <source>Other keys</source>
        <translation>键不符</translation>
    </message>
    <message>
        <source>isn&apos;t in the text</source>
        <translation>文中没有</translation>
    </message>
    <message>
        <source>⚠ %1 (%2)</source>
        <comment>value, problem</comment>
        <translation>⚠ %1（%2）</translation>
    </message>
    <message>
        <source>sure to %1</source>
        <translation>把握 %1</translation>
    </message>
    <message>
        <source>Valid, doubtful, unsure</source>
        <translation>有效，存疑，不确定</translation>
    </message>
    <message>
        <source>Valid, doubtful</source>
        <translation>有效，存疑</translation>
    </message>
    <message>
        <source>Valid, unsure</source>
        <translation>有效，不确定</translation>
    </message>
</context>
<context>
    <name>minnow::TrySession</name>
    <message>
        <source>Trying</source>
        <translation>试用</translation>
    </message>
</context>
<context>
    <name>minnow::TryStage</name>
    <message>
        <source>Open or make a project first, on the Start page.</source>
        <translation>先在“开始”页面打开或新建项目。</translation>
    </message>
    <message>
        <source>Choose a model first, on the Model page.</source>
        <translation>先在“模型”页选择模型。</translation>
    </message>
    <message>
        <source>The engine is at work; you are answered between its steps.</source>
        <translation>引擎正在工作，会在各步之间作答。</translation>
    </message>
    <message>
        <source>Nothing is trained yet: only the untuned model can be asked.</source>
        <translation>尚未训练：只能询问未微调的模型。</translation>
    </message>
    <message>
        <source>The table is saved in %1.</source>
        <translation>表格已保存到 %1。</translation>
    </message>
    <message>
        <source>The text is now a row without an answer. Data can undo it.</source>
        <translation>文本已加为没有回答的样本。可在“数据”中撤销。</translation>
    </message>
    <message>
        <source>The text is now a row to review. Data can undo it.</source>
        <translation>文本已加为待复核的样本。可在“数据”中撤销。</translation>
    </message>
</context>
<context>
    <name>minnow::VerdictCard</name>
    <message>
        <source>Too early to say</source>
        <translation>尚无法判断</translation>
    </message>
    <message>
        <source>Underfitting</source>
        <translation>欠拟合</translation>
    </message>
    <message>
        <source>Good fit</source>
        <translation>拟合良好</translation>
    </message>
    <message>
        <source>Overfitting</source>
        <translation>过拟合</translation>
    </message>
    <message>
        <source>Diverging</source>
        <translation>发散</translation>
    </message>
    <message>
        <source>There were no validation rows, so nothing can be said about unseen rows.</source>
        <translation>没有验证样本，因此无法判断在未见过的样本上表现如何。</translation>
    </message>
    <message>
        <source>%1 of the 5 evaluations that a verdict needs are there.</source>
        <translation>得出结论需要 5 次评估，目前已有 %1 次。</translation>
    </message>
    <message>
        <source>Both losses are flat, but few rows are exactly right yet. A higher rank may learn more.</source>
        <translation>两条损失曲线都已平稳，但完全正确的样本还很少。提高秩或许能学到更多。</translation>
    </message>
    <message>
        <source>Eval loss is flat and stays close to train loss so far.</source>
        <translation>到目前为止，验证损失平稳，且接近训练损失。</translation>
    </message>
    <message>
        <source>Eval loss is flat and stays close to train loss. Nothing needs to be changed.</source>
        <translation>验证损失平稳，且接近训练损失。无需更改。</translation>
    </message>
    <message>
        <source>The loss grows or is no longer a number. Train again with a lower learning rate.</source>
        <translation>损失在增大，或已不是数值。用更低的学习率重新训练。</translation>
    </message>
    <message>
        <source>Eval loss now</source>
        <translation>当前验证损失</translation>
    </message>
    <message>
        <source>Mean over the trained-on tokens of the validation rows, in nats.</source>
        <translation>验证样本中参与训练的词元的平均值，单位 nats。</translation>
    </message>
    <message>
        <source>Best, at step %1</source>
        <translation>最佳，第 %1 步</translation>
    </message>
    <message>
        <source>The star on the curve.</source>
        <translation>曲线上的星标。</translation>
    </message>
    <message>
        <source>Gap, eval − train</source>
        <translation>差距，验证 − 训练</translation>
    </message>
    <message>
        <source>A growing gap means that rows are being memorised.</source>
        <translation>差距扩大说明模型在死记训练样本。</translation>
    </message>
    <message>
        <source>Fall at epoch borders</source>
        <translation>轮次交界处的降幅</translation>
    </message>
    <message>
        <source>How much train loss drops when rows are seen again: a sign of memorising.</source>
        <translation>再次见到相同的样本时训练损失的下降幅度：死记的迹象。</translation>
    </message>
    <message>
        <source>Rows exactly right</source>
        <translation>完全正确的样本</translation>
    </message>
    <message>
        <source>Of the validation rows decoded at the last evaluation.</source>
        <translation>占上次评估时解码的验证样本的比例。</translation>
    </message>
    <message>
        <source>Validation rows</source>
        <translation>验证样本数</translation>
    </message>
    <message>
        <source>So few rows make eval loss uncertain: take the verdict with care.</source>
        <translation>样本数过少，验证损失不确定：结论仅供参考。</translation>
    </message>
    <message>
        <source>Rows that are never trained on.</source>
        <translation>从不用于训练的样本。</translation>
    </message>
    <message>
        <source>Evaluate, Try and Export use step %1, the best.</source>
        <translation>“评估”“试用”和“导出”使用第 %1 步，即最佳步。</translation>
    </message>
    <message>
        <source>Evaluate, Try and Export use step %1.</source>
        <translation>“评估”“试用”和“导出”使用第 %1 步。</translation>
    </message>
    <message>
        <source>Go back to step %1</source>
        <translation>回到第 %1 步</translation>
    </message>
    <message>
        <source>New run with %1 epochs</source>
        <translation>按 %1 轮重新训练</translation>
    </message>
    <message>
        <source>New run with rank %1</source>
        <translation>按秩 %1 重新训练</translation>
    </message>
    <message>
        <source>New run with learning rate %1</source>
        <translation>按学习率 %1 重新训练</translation>
    </message>
    <message>
        <source>Evaluate, Try and Export take the checkpoint of the best step from now on. Later checkpoints stay where they are.</source>
        <translation>此后“评估”“试用”和“导出”使用最佳步的检查点。之后的检查点原样保留。</translation>
    </message>
    <message>
        <source>All settings stay but the epochs, %1 until now.</source>
        <translation>只改轮数（此前为 %1），其他设置不变。</translation>
    </message>
    <message>
        <source>All settings stay but the rank, %1 until now.</source>
        <translation>只改秩（此前为 %1），其他设置不变。</translation>
    </message>
    <message>
        <source>All settings stay but the learning rate, %1 until now.</source>
        <translation>只改学习率（此前为 %1），其他设置不变。</translation>
    </message>
    <message>
        <source>Steps %1 to %2 of the same run.</source>
        <translation>同一运行的第 %1 至 %2 步。</translation>
    </message>
    <message>
        <source>The schedule is stretched: the learning rate goes up from %1 to %2 and down again to the new end.</source>
        <translation>学习率计划随之拉长：学习率从 %1 升至 %2，再降到新的终点。</translation>
    </message>
    <message>
        <source>The learning rate goes on at %1.</source>
        <translation>学习率从 %1 继续。</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>%1 so far</source>
        <translation>目前%1</translation>
    </message>
    <message>
        <source>What is this?</source>
        <translation>这是什么？</translation>
    </message>
    <message>
        <source>Underfitting, good fit and overfitting, with pictures</source>
        <translation>欠拟合、拟合良好和过拟合，附图说明</translation>
    </message>
    <message>
        <source>Continue, epochs:</source>
        <translation>继续训练（轮）：</translation>
    </message>
    <message>
        <source>Goes on from the newest checkpoint, in the same run</source>
        <translation>在同一运行中从最新检查点继续</translation>
    </message>
    <message>
        <source>Epochs to continue for</source>
        <translation>继续训练的轮数</translation>
    </message>
    <message>
        <source>How many more epochs; raising it trains longer</source>
        <translation>再训练多少轮；调大则训练更久</translation>
    </message>
    <message>
        <source>A verdict needs five evaluations.</source>
        <translation>得出结论需要五次评估。</translation>
    </message>
    <message>
        <source>Gap to train loss: %1.</source>
        <translation>与训练损失相差 %1。</translation>
    </message>
    <message>
        <source>Eval loss is %1 above its best, at step %2.</source>
        <translation>验证损失比第 %2 步的最佳值高 %1。</translation>
    </message>
    <message>
        <source>Train loss drops by %1 when an epoch begins.</source>
        <translation>每轮开始时训练损失骤降 %1。</translation>
    </message>
    <message>
        <source>The loss grows or is no longer a number.</source>
        <translation>损失在增大，或已不是有效数值。</translation>
    </message>
    <message>
        <source>Eval loss still changes by %1 per 100 steps at the end.</source>
        <translation>末段验证损失仍在变化：每百步 %1。</translation>
    </message>
    <message>
        <source>Eval loss is flat at the end: %1 per 100 steps.</source>
        <translation>末段验证损失平稳：每百步 %1。</translation>
    </message>
    <message>
        <source>Eval slope, 100 steps</source>
        <translation>验证损失斜率（每百步）</translation>
    </message>
    <message>
        <source>Change of eval loss per 100 steps over the last part of the run, with its uncertainty.</source>
        <translation>运行末段每百步验证损失的变化及其不确定度。</translation>
    </message>
    <message>
        <source>Train slope, 100 steps</source>
        <translation>训练损失斜率（每百步）</translation>
    </message>
    <message>
        <source>Change of train loss per 100 steps over the last part of the run, with its uncertainty.</source>
        <translation>运行末段每百步训练损失的变化及其不确定度。</translation>
    </message>
    <message>
        <source>Eval loss fell by %1 in the second half of the run.</source>
        <translation>训练后半程验证损失下降了 %1。</translation>
    </message>
    <message>
        <source>Few rows are exactly right yet, and eval loss fell until late in the run. Train for more epochs.</source>
        <translation>完全正确的行还很少，而验证损失直到训练后期仍在下降。请增加训练轮数。</translation>
    </message>
    <message>
        <source>%1 steps are too few to learn a task. Fewer rows per step give more of them.</source>
        <translation>%1 步太少，学不会任务。每步条数少一些，步数就更多。</translation>
    </message>
    <message>
        <source>The loss was still falling at the end, eval loss by %1 per 100 steps: it hasn&apos;t converged. Train for more epochs or with a higher rank.</source>
        <translation>训练结束时损失仍在下降，验证损失每 100 步下降 %1：还没有收敛。请增加轮数或提高秩。</translation>
    </message>
    <message>
        <source>Eval loss has risen by %1 since its best at step %2 while train loss falls: rows are being memorised. Train for fewer epochs, or go back to the best step.</source>
        <translation>训练损失在下降，验证损失却从第 %2 步的最低点升高了 %1：模型正在死记样本。请减少轮数，或回到最佳步。</translation>
    </message>
    <message>
        <source>New run with %1 rows per step</source>
        <translation>以每步 %1 条重新训练</translation>
    </message>
    <message>
        <source>The same epochs then have more steps; until now a step has %1 rows.</source>
        <translation>同样的轮数会有更多步；目前每步 %1 条。</translation>
    </message>
    <message>
        <source>At %1 they can move the weights by %2 of what the run did so far: choose more epochs, or start a new run.</source>
        <translation>以 %1 的学习率，这些步对权重的改变只有此前的 %2：请选择更多轮数，或重新训练。</translation>
    </message>
</context>
<context>
    <name>minnow::Workspace</name>
    <message>
        <source>The project is open in another Minnow; here it can only be read.</source>
        <translation>项目已在另一个 Minnow 中打开，此处只读。</translation>
    </message>
    <message>
        <source>The project&apos;s folder can&apos;t be written to; it can only be read.</source>
        <translation>项目文件夹无法写入，只能读取。</translation>
    </message>
    <message>
        <source>The project&apos;s folder isn&apos;t there any more. Put it back, or open another project.</source>
        <translation>项目文件夹已不存在。请将它放回原处，或打开另一个项目。</translation>
    </message>
    <message>
        <source>Nothing was changed</source>
        <translation>没有任何更改</translation>
    </message>
    <message>
        <source>It trains there: %1, step %2 of %3.</source>
        <translation>那边正在训练：%1，第 %2 步，共 %3 步。</translation>
    </message>
</context>
</TS>
