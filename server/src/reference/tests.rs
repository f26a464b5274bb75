use std::collections::HashSet;

use super::*;

fn texts() -> Vec<(String, [String; 3])> {
    let own = |parts: [&str; 3]| parts.map(str::to_owned);
    let mut all = Vec::new();
    for s in systems() {
        all.push((format!("{} name", s.id), s.name.clone()));
        all.push((format!("{} meaning", s.id), s.meaning.clone()));
    }
    for s in schemes() {
        all.push((format!("{} name", s.id), own(s.name())));
        all.push((format!("{} proves", s.id), own(s.proves())));
        all.push((format!("{} does not prove", s.id), own(s.does_not_prove())));
    }
    for p in places() {
        all.push((p.code.clone(), own(p.name())));
    }
    for p in policies() {
        all.push((p.id.clone(), own(p.title())));
        all.push((format!("{} note", p.id), own(p.note())));
    }
    for d in departments() {
        all.push((d.id.clone(), own(d.name())));
    }
    for t in targets() {
        all.push((t.id.clone(), own(t.measure())));
        if !t.note_zh.is_empty() {
            all.push((format!("{} note", t.id), own(t.note())));
        }
    }
    all
}

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
}

#[test]
fn every_system_of_the_policies_is_there_once() {
    assert_eq!(systems().len(), 500);
    let ids: HashSet<&str> = systems().iter().map(|s| s.id.as_str()).collect();
    assert_eq!(ids.len(), 500);
    for s in systems() {
        assert!(('A'..='J').contains(&s.group), "{}", s.id);
        assert!(!s.basis.is_empty(), "{} rests on nothing", s.id);
        assert!(!s.users.is_empty() && s.users.chars().all(|c| "CJE".contains(c)), "{}", s.id);
        assert!(s.how.starts_with('/'), "{}", s.id);
        assert_eq!(system(&s.id).map(|found| &found.id), Some(&s.id));
    }
}

#[test]
fn no_word_is_missing_in_any_language() {
    for (what, [zh, hant, en]) in texts() {
        // A name may be Latin throughout (WTO/TBT—SPS), but never empty.
        assert!(!zh.trim().is_empty() && !hant.trim().is_empty(), "{what}");
        assert!(en.chars().any(|c| c.is_ascii_alphabetic()), "{what}: {en}");
        assert!(!en.chars().any(is_han), "{what}: {en}");
        assert_eq!(zh.chars().count(), hant.chars().count(), "{what}: {zh} / {hant}");
    }
}

#[test]
fn a_category_of_the_sample_is_read_in_three_languages() {
    let [zh, hant, en] = category("家电/制冷");
    assert_eq!((zh.as_str(), hant.as_str()), ("家电 › 制冷", "家電 › 製冷"));
    assert_eq!(en, "Household appliances › Refrigeration");
    assert_eq!(category("未知/制冷")[2], "未知 › Refrigeration");
    for draft in crate::sample::drafts(400, 1) {
        let path = draft.body.get("category").and_then(|c| c.as_str()).unwrap_or_default();
        for part in path.split('/').filter(|part| !part.is_empty()) {
            assert!(word(part).is_some(), "{part}");
        }
    }
}

#[test]
fn punctuation_beside_chinese_is_full_width() {
    for (what, [zh, hant, _]) in texts() {
        for text in [zh, hant] {
            let chars: Vec<char> = text.chars().collect();
            for (i, c) in chars.iter().enumerate() {
                if matches!(c, ',' | ':' | ';' | '(' | ')' | '!' | '?') {
                    let beside = [i.checked_sub(1), Some(i + 1)];
                    let han =
                        beside.iter().flatten().filter_map(|&j| chars.get(j)).any(|&c| is_han(c));
                    assert!(!han, "{what}: {text}");
                }
            }
        }
    }
}

/// Characters that exist only in simplified script, paired with nothing: one of them in a
/// traditional field is a word nobody converted. Ambiguous ones (后, 里, 台, 制, 准, 干, 系, 征)
/// are not here, because both scripts use them.
const SIMPLIFIED_ONLY: &str = "万与专业东丝丢两严丧个丰临为丽举么义乌乐乔习乡书买乱争亏亚产亩亲亿仅从仑仓仪们价众优伙会伞伟传伤伦伪体侠侣侥侦侧侨债倾偿储儿兑党兰关兴养兽冈册写军农冯决况冻净减凤凭凯击凿刘则刚创删别剂剑剥剧劝办务动励劲劳势勋匀区医华协单卖卢卫却厂厅历厉压厌厕厘县参双变叠号叹吁启员呛呜咏咙响哑哗哟唤啬啭啸喷嘱团园围国图圆圣场坏块坚坛坝坞坟坠垄垒垦垫埘堑墙壮声壳处备复够头夹夺奋奖妆妇妈妩姗娄娇娱婴孙学宁宝实宠审宪宫宽宾寝对寻导寿将尔尘尝尧层届属屡岁岂岗岛岭峡币帅师帐帜带帮库应庙庞废开异弃张弥弯弹强归录彻忆忧怀态怂总恋恳恶恼悦悬惊惧惨惩惭惯愿戏战户扑执扩扫扬扰抚抛抢护报担拟拢拥拦拧拨择挂挥损换据掳掷掺揽搀摄摆摇撑敌敛数斋断无旧时旷显晋晓晕暂术机杀杂权条来杨杰极构枪枫柜柠标栈栋栏树样档桥桩梦检楼榄横樱欢欧歼殇残毁毕毙毡气汇汉汤沟没沥沦沧沪泞泪泽洁洒浅浆浇测济浑浓涛涝涡涣润涨渊渐渔渗温湾湿溃滚满滤滥滨滩潇潜澜濒灭灯灵灾灿炉点炼烂烃烛烟烦烧热焕爱爷牍牵犹狭狮独狱猎猪献环现玛琐琼瑶电画畅疗疮疯痒瘫癣皱盏盐监盖盘着睁矫矿码砖砚确碍礼祸离种积称稳穷窃窍窑竞笃笔笼筑签简粮紧纠红纤约级纪纬纯纱纲纳纵纷纸纹纺纽线练组细织终绍经绑绒结绕绘给络绝统继绩绪续绳维绵综绿缆缓编缘缝缩缴网罗罚罢羡习翘耸聂职联聪肃肠肤肾肿胀胁胆胜胶脉脏脑脚脱腊腻舆舰艺节芦苍苏苹范茎荐荣荧药莲获莹营萝萨蓝虏虑虽虾蚀蚁蚂蛮蜗蜡补表衬袄袜装见观规视览觉触计订认讨让训议讯记讲许论设访证评识诈诉诊词译试诗诚话诞询该详语误说请诸课谁调谈谋谓谢谣谦谨谱贝贞负贡财责贤败账货质贩贪贫购贮贯贱贴贵贷贸费贺贼资赋赌赏赔赖赚赛赞赠赢赵趋跃践踊车轨轩转轮软轰轴轻载较辅辆辈辉输辖辩边辽达迁过迈运还这进远违连迟适选逊递逻遗邓邮邻郑酝酱释鉴针钉钙钟钢钥钦钩钱钻铁铃铅铜铝铭银铸铺链销锁锅锋错锡锦键锻镇镜长门闪闭问闯闲间闻闽阀阁阅队阳阴阵阶际陆陈险随隐难雾静韦韩页顶项顺须顽顾顿预领颇频颖题颜额风飘飞饥饭饮饰饱饲饼馆驰驱驳驶驻驾验骂骄骆骗骤鱼鲁鲜鸟鸡鸣鸭鹅鹰麦黄齐齿龄龙龟";

#[test]
fn no_simplified_character_is_left_in_the_traditional_text() {
    // These stand in the list above for other readings, or are written the same in both scripts.
    let both: HashSet<char> = "强没着温户届毁画气黄表范舆".chars().collect();
    let only: HashSet<char> = SIMPLIFIED_ONLY.chars().filter(|c| !both.contains(c)).collect();
    for (what, [_, hant, _]) in texts() {
        let left: String = hant.chars().filter(|c| only.contains(c)).collect();
        assert!(left.is_empty(), "{what}: {hant}: {left}");
        assert!(!hant.contains(['“', '”']), "{what}: {hant}");
    }
}

#[test]
fn everything_referred_to_exists() {
    let policies: HashSet<&str> = policies().iter().map(|p| p.id.as_str()).collect();
    for s in systems() {
        for basis in &s.basis {
            assert!(policies.contains(basis.policy.as_str()), "{}: {}", s.id, basis.policy);
        }
    }
    for s in schemes() {
        assert!(!s.legal_basis().is_empty(), "{}", s.id);
        for basis in s.legal_basis() {
            assert!(policies.contains(basis.policy.as_str()), "{}: {}", s.id, basis.policy);
        }
        assert!(s.successor.is_empty() || scheme(&s.successor).is_some(), "{}", s.id);
        assert!(system(&s.id).is_some(), "scheme {} is no system", s.id);
    }
    let codes: HashSet<&str> = places().iter().map(|p| p.code.as_str()).collect();
    assert_eq!(codes.len(), places().len());
    for p in places() {
        assert!(p.replaced_by.is_empty() || codes.contains(p.replaced_by.as_str()), "{}", p.code);
        let province = format!("{}0000", &p.code[..2]);
        assert!(codes.contains(province.as_str()), "{} has no province", p.code);
    }
    assert_eq!(places().iter().filter(|p| p.level == "省").count(), 34);
}

#[test]
fn a_register_up_to_date_gets_nothing_and_an_operators_own_entry_is_left_alone() {
    let at = |draft: register::Draft| draft.at(1, chrono::DateTime::UNIX_EPOCH);
    let held: std::collections::HashMap<_, _> =
        drafts().into_iter().map(|d| ((d.kind, d.key.clone()), at(d))).collect();
    let same = update::changes::<()>(|kind, key| Ok(held.get(&(kind, key.to_owned())).cloned()));
    assert_eq!(same.map(|c| c.len()), Ok(0));
    let empty = update::changes::<()>(|_, _| Ok(None)).unwrap_or_default();
    assert_eq!(empty.len(), drafts().len());

    let touched = update::changes::<()>(|kind, key| {
        let mut entry = held.get(&(kind, key.to_owned())).cloned();
        if let Some(entry) =
            entry.as_mut().filter(|e| e.key == "foshan-standard" || e.key == "440606")
        {
            entry.body.insert("status".into(), "historical".into());
            if key == "foshan-standard" {
                entry.source.id = "operator".into();
            }
        }
        Ok(entry)
    })
    .unwrap_or_default();
    assert_eq!(touched.len(), 2);
    assert!(touched.iter().any(
        |c| matches!(c, update::Change::Kept(d, s) if d.key == "foshan-standard" && s == "operator")
    ));
    assert!(touched.iter().any(
        |c| matches!(c, update::Change::Changed(d, f) if d.key == "440606" && f == &["status"])
    ));
}

#[test]
fn every_clause_target_and_department_refers_to_what_is_there() {
    assert_eq!((tasks().len(), targets().len(), departments().len()), (146, 55, 93));
    for task in tasks() {
        let what = format!("{} {}", task.policy, task.clause);
        assert!(policy(&task.policy).is_some(), "{what}");
        assert!(!task.heading.is_empty() && !task.text.is_empty(), "{what}");
        for id in task.lead().chain(task.co()) {
            assert!(department(id).is_some(), "{what}: {id}");
        }
        for id in task.systems() {
            assert!(system(id).is_some(), "{what}: {id}");
        }
    }
    for target in targets() {
        assert!(task(&target.policy, &target.clause).is_some(), "{}: {}", target.id, target.clause);
        assert!(!target.text_zh.is_empty(), "{}", target.id);
        assert!(target.lead_departments().all(|id| department(id).is_some()), "{}", target.id);
    }
    for one in departments() {
        for (successor, year) in one.successors() {
            assert!(department(successor).is_some_and(|next| next.id != one.id), "{}", one.id);
            assert!((2017..=2026).contains(&year), "{}", one.id);
        }
    }
    for one in policies() {
        assert!(one.issuers().count() > 0 && one.issuers().all(|id| department(id).is_some()));
        assert_eq!(one.text_hash.len(), 64, "{}", one.id);
    }
}

#[test]
fn every_formula_is_read_and_those_without_say_why() {
    for target in targets() {
        match (target.computable.as_str(), target.formula.as_str()) {
            ("no", "") => assert!(!target.note_zh.is_empty(), "{} does not say why", target.id),
            ("yes" | "partly", text) => {
                let formula = register::formula::Formula::parse(text);
                let formula = formula.unwrap_or_else(|error| panic!("{}: {error}", target.id));
                assert!(!formula.uses_due() || !target.due.is_empty(), "{}", target.id);
                for count in formula.counts() {
                    for id in count.asked("scheme") {
                        assert!(scheme(id).is_some(), "{}: scheme {id}", target.id);
                    }
                    for id in count.asked("system").into_iter().chain(count.asked("family")) {
                        assert!(system(id).is_some(), "{}: system {id}", target.id);
                    }
                    for id in count.asked("policy") {
                        assert!(policy(id).is_some(), "{}: policy {id}", target.id);
                    }
                }
            }
            (computable, _) => panic!("{}: {computable}", target.id),
        }
    }
}
